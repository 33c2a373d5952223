import { describe, expect, test } from 'vitest';
import { undoKeyFor, undoKeyOver } from '../../../../renderer/invite/result/use-undo.ts';
import type { Result } from '../../../../renderer/invite/result/result-text.ts';
import type { ClearedForm } from '../../../../renderer/invite/use-cleared-form-list.ts';
import { EVERY_PROGRESS, KEPT, sampleInvitation } from '../../samples.ts';

const CLEARED: ClearedForm = { why: 'in-the-way', form: KEPT, until: 1 };
const of = (result: Result | null) => undoKeyFor({ clearedForm: null, message: 'nothing', result });

describe('[row 257] the undo key', () => {
  test.each(EVERY_PROGRESS)(
    'says when an invitation can no longer be cancelled: $state',
    (progress) => {
      const key = of({ kind: 'invitation', invitation: sampleInvitation({ progress }) });
      const expected = { held: 'undo', cancelled: null } as const;
      const { state } = progress;
      expect(key).toBe(state === 'held' || state === 'cancelled' ? expected[state] : 'too-late');
    },
  );

  test('does nothing when there is nothing to undo', () => {
    expect(of(null)).toBeNull();
    expect(of({ kind: 'failed', failure: { kind: 'too-late' } })).toBeNull();
  });

  test('undoes the latest action first', () => {
    const result = { kind: 'invitation', invitation: sampleInvitation({}) } as const;
    expect(undoKeyFor({ clearedForm: CLEARED, message: 'put', result })).toBe('restore');
  });

  test("is the field's own in a filled form", () => {
    const typed = { isEmpty: false, isUntouched: false, isAsTakenOver: false };
    expect(undoKeyOver('undo', typed)).toBeNull();
    expect(undoKeyOver('restore', typed)).toBeNull();
    // Deleting a digit is not the answer that a person expects from Undo.
    expect(undoKeyOver('too-late', typed)).toBe('too-late');
  });

  test('[row 265] applies to the last action until something is typed, and not after deleting it', () => {
    const deleted = { isEmpty: true, isUntouched: false, isAsTakenOver: false };
    for (const key of ['undo', 'restore', 'too-late'] as const) {
      expect(undoKeyOver(key, { ...deleted, isUntouched: true })).toBe(key);
      expect(undoKeyOver(key, deleted)).toBeNull();
    }
  });

  test('restores the form that another pasted customer replaced, until more is typed', () => {
    const pasted = { isEmpty: false, isUntouched: true, isAsTakenOver: true };
    expect(undoKeyOver('restore', pasted)).toBe('restore');
    expect(undoKeyOver('undo', pasted)).toBeNull();
  });
});
