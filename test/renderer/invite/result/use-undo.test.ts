import { describe, expect, test } from 'vitest';
import { undoKeyFor, undoKeyOver } from '../../../../renderer/invite/result/use-undo.ts';
import type { Result } from '../../../../renderer/invite/result/result-text.ts';
import type { ClearedForm } from '../../../../renderer/invite/use-cleared-form-list.ts';
import { EVERY_PROGRESS, KEPT, sampleInvitation } from '../../samples.ts';

const ASIDE: ClearedForm = { why: 'in-the-way', form: KEPT, until: 1 };
const of = (result: Result | null) => undoKeyFor({ clearedForm: null, tells: 'nothing', result });

describe('[row 257] the undo key', () => {
  test.each(EVERY_PROGRESS)(
    'says so where an invitation cannot be taken back: $state',
    (progress) => {
      const key = of({ kind: 'invitation', invitation: sampleInvitation({ progress }) });
      const expected = { held: 'undo', cancelled: null } as const;
      const { state } = progress;
      expect(key).toBe(state === 'held' || state === 'cancelled' ? expected[state] : 'too-late');
    },
  );

  test('does nothing else where nothing is on the screen', () => {
    expect(of(null)).toBeNull();
    expect(of({ kind: 'failed', failure: { kind: 'too-late' } })).toBeNull();
  });

  test('takes the last thing first', () => {
    const result = { kind: 'invitation', invitation: sampleInvitation({}) } as const;
    expect(undoKeyFor({ clearedForm: ASIDE, tells: 'put', result })).toBe('bring-back');
  });

  test('is the own one of a form that is filled in', () => {
    const typed = { isEmpty: false, isAsTakenOver: false };
    expect(undoKeyOver('undo', typed)).toBeNull();
    expect(undoKeyOver('bring-back', typed)).toBeNull();
    // A digit less is no answer to somebody who wants an SMS back.
    expect(undoKeyOver('too-late', typed)).toBe('too-late');
    expect(undoKeyOver('undo', { isEmpty: true, isAsTakenOver: false })).toBe('undo');
  });

  test('brings back the form over which another customer was pasted, until something is typed', () => {
    expect(undoKeyOver('bring-back', { isEmpty: false, isAsTakenOver: true })).toBe('bring-back');
    expect(undoKeyOver('undo', { isEmpty: false, isAsTakenOver: true })).toBeNull();
  });
});
