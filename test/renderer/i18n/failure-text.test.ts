import { expect, test } from 'vitest';
import { failureText } from '../../../renderer/i18n/failure-text.ts';
import { TRANSLATIONS } from '../samples.ts';

test('a bug shows its reference', () => {
  expect(failureText(TRANSLATIONS, { kind: 'bug', reference: 'a1b2' })).toContain('a1b2');
});
