import { expect, test } from 'vitest';
import { failureText } from '../../../renderer/i18n/failure-text.ts';
import { waitSecondsOf, withSecondsLeft } from '../../../renderer/components/pin-wait.ts';
import { TRANSLATIONS } from '../samples.ts';

test('[row 225] an unchecked PIN is not called wrong, and its seconds count down', () => {
  const early = { kind: 'pin-wait', waitSeconds: 12 } as const;
  expect(waitSecondsOf(early)).toBe(12);
  expect(failureText(TRANSLATIONS, early)).not.toMatch(/not the right PIN/);
  expect(failureText(TRANSLATIONS, early)).toContain('12 more seconds');
  expect(failureText(TRANSLATIONS, withSecondsLeft(early, 3))).toContain('3 more seconds');
  expect(failureText(TRANSLATIONS, withSecondsLeft(early, 0))).toBe(
    'You can enter the PIN again now.',
  );
});

test('[row 225] a wrong PIN is called wrong until the wait after it ends', () => {
  const wrong = { kind: 'wrong-pin', waitSeconds: 5 } as const;
  expect(failureText(TRANSLATIONS, withSecondsLeft(wrong, 4))).toMatch(
    /not the right PIN.*4\u00A0seconds/,
  );
  expect(failureText(TRANSLATIONS, withSecondsLeft(wrong, 0))).toBe(
    'You can enter the PIN again now.',
  );
  expect(waitSecondsOf({ kind: 'wrong-pin', waitSeconds: 0 })).toBeNull();
  expect(waitSecondsOf({ kind: 'print' })).toBeNull();
  expect(waitSecondsOf(null)).toBeNull();
});
