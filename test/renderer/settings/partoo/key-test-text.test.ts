import { expect, test } from 'vitest';
import { keyTestText } from '../../../../renderer/settings/partoo/key-test-text.ts';
import type { BusinessStatus, KeyTest } from '../../../../shared/key-test.ts';
import { SENTENCE, TRANSLATIONS } from '../../samples.ts';

function works(standing: BusinessStatus['standing']): KeyTest {
  const business = { id: 'b', name: 'Hôtel du Lac', standing };
  return { kind: 'works', name: 'Léa', role: 'ADMIN', businesses: [business] };
}

const isGood = (found: KeyTest): boolean =>
  found.kind === 'works' &&
  found.businesses.some(({ standing }) => standing === 'ready' || standing === 'unchecked');

test.each<KeyTest>([
  works('ready'),
  works('unchecked'),
  works('no-google'),
  works('no-review-booster'),
  works('not-seen'),
  { kind: 'works', name: 'Hôtel du Lac', role: 'ADMIN', businesses: [] },
  { kind: 'no-key' },
  { kind: 'no-keychain' },
  { kind: 'key-refused', text: '' },
  { kind: 'no-access', text: '' },
  { kind: 'restricted', text: '' },
  { kind: 'works', name: '', role: '', businesses: [] },
  { kind: 'offline', cause: 'proxy' },
  { kind: 'busy', waitSeconds: 30 },
  { kind: 'odd-answer', status: 502 },
])('a key test that shows $kind has a text', (test_) => {
  const words = keyTestText(TRANSLATIONS, test_);
  expect(words.kind).toBe(isGood(test_) ? 'good' : 'bad');
  expect(words.text).toMatch(SENTENCE);
});

test('quotes Partoo’s own words', () => {
  expect(
    keyTestText(TRANSLATIONS, { kind: 'key-refused', text: 'Invalid API key' }).text,
  ).toContain('Partoo says: Invalid API key');
});
