import { describe, expect, test } from 'vitest';
import { resultText, whoIs, type Result } from '../../../../renderer/invite/result/result-text.ts';
import { isUndoable, shownForMs } from '../../../../renderer/invite/result/use-result.ts';
import { maskPhone } from '../../../../shared/phone/phone.ts';
import { SECOND_MS } from '../../../../shared/time.ts';
import { EVERY_PROGRESS, NOON, sampleInvitation, TRANSLATIONS } from '../../samples.ts';

const failed: Result = { kind: 'failed', failure: { kind: 'storage', why: 'full' } };
const results: readonly Result[] = EVERY_PROGRESS.map((progress) => ({
  kind: 'invitation',
  invitation: sampleInvitation({ progress }),
}));

test.each(results)('every state has a text that names the customer: %o', (result) => {
  expect(resultText(TRANSLATIONS, result, 'Marie D.', NOON)).toContain('Marie D.');
});

test('a failure says what to do', () => {
  expect(resultText(TRANSLATIONS, failed, '', NOON)).toContain('Free up some space');
});

test('names the customer, or masks the number', () => {
  expect(whoIs({ maskPhone }, sampleInvitation())).toBe('Marie Dupont');
  const masked = whoIs({ maskPhone }, sampleInvitation({ name: '' }));
  expect(masked).toMatch(/04$/);
  expect(masked).not.toContain('39980');
});

describe('a result', () => {
  test.each([0, 2, 10, 60])(
    "outlasts an undo time of %i s, so that the next state is seen, whatever the PC's clock shows",
    (seconds) => {
      const notBefore = NOON + (seconds + 1) * SECOND_MS;
      const progress = { state: 'held', at: NOON, notBefore, why: 'undo' } as const;
      const result: Result = { kind: 'invitation', invitation: sampleInvitation({ progress }) };
      expect(shownForMs(result)).toBe((seconds + 9) * SECOND_MS);
    },
  );

  test('of a failure stays until something else happens', () => {
    expect(shownForMs(failed)).toBeNull();
  });

  test('stays for some seconds, whatever it is', () => {
    for (const result of results) {
      expect(shownForMs(result)).toBeGreaterThanOrEqual(8_000);
    }
  });

  test('can be undone only while the invitation is held', () => {
    expect(results.filter(isUndoable)).toHaveLength(1);
    expect(isUndoable(failed)).toBe(false);
    expect(isUndoable(null)).toBe(false);
  });
});
