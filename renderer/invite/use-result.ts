import { useState } from 'react';
import type { Invitation, Progress } from '../../shared/invitation.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { useDelay, useOn } from '../hooks.ts';
import type { Result } from './result-words.ts';

/** How long a result stays that asks nothing of anybody, and one that does. */
const SHOWN_MS = 8 * SECOND_MS;
const SHOWN_LONGER_MS = 30 * SECOND_MS;
/** How long what was left alone can be brought back: a customer on the telephone, not the next shift. */
const BROUGHT_BACK_MS = 10 * MINUTE_MS;

const LATE_SHOWN = 3;

/** How long a result stays on the screen; null: until something else happens. */
export function shownForMs(result: Result): number | null {
  switch (result.kind) {
    case 'failed':
      return null;
    case 'form-in-use':
    case 'recalled':
      return SHOWN_LONGER_MS;
    case 'said-no':
    case 'no-taken-back':
      return SHOWN_MS;
    case 'put-aside':
      return result.why === 'cleared' ? SHOWN_MS : BROUGHT_BACK_MS;
    case 'invitation':
      return progressShownForMs(result.invitation.progress);
    default:
      return result satisfies never;
  }
}

function progressShownForMs(progress: Progress): number {
  switch (progress.state) {
    case 'held':
      // Until it is seen what follows. Both instants are the desk's, whose time need not be that of this PC.
      return progress.why === 'undo' ? progress.notBefore - progress.at + SHOWN_MS : SHOWN_MS;
    case 'refused':
    case 'unconfirmed':
    case 'needs_decision':
    case 'maybe_sent':
      return SHOWN_LONGER_MS;
    case 'waiting':
    case 'sending':
    case 'accepted':
    case 'cancelled':
    case 'expired':
      return SHOWN_MS;
    default:
      return progress satisfies never;
  }
}

/** Which way back a result offers; null when there is none. */
export function wayBackFrom(result: Result | null): 'undo' | 'bring-back' | null {
  switch (result?.kind) {
    case undefined:
    case 'failed':
    case 'form-in-use':
    case 'no-taken-back':
    case 'recalled':
      return null;
    case 'invitation':
      return result.invitation.progress.state === 'held' ? 'undo' : null;
    case 'said-no':
      return result.isNew ? 'undo' : null;
    case 'put-aside':
      return 'bring-back';
    default:
      return result satisfies never;
  }
}

/** Trouble that nobody at this desk has chosen, and that they should hear of whatever they do meanwhile. */
export function isTrouble({ progress: { state } }: Invitation): boolean {
  return state === 'refused' || state === 'needs_decision';
}

/** The others that have got into trouble, with one more: the newest last, and no more than can be read in passing. */
export function addLate(late: readonly Invitation[], one: Invitation): readonly Invitation[] {
  return [...late.filter(({ id }) => id !== one.id), one].slice(-LATE_SHOWN);
}

/**
 * What became of the last form. It follows its invitation and leaves the screen by itself. `late` are earlier ones that
 * got into trouble when another one stood there already.
 */
export function useResult(): {
  readonly result: Result | null;
  readonly setResult: (result: Result | null) => void;
  readonly late: readonly Invitation[];
} {
  const [result, setResult] = useState<Result | null>(null);
  const [late, setLate] = useState<readonly Invitation[]>([]);
  const shownId = result?.kind === 'invitation' ? result.invitation.id : null;
  useOn('invitation.changed', (invitation) => {
    setResult((shown) =>
      shown?.kind === 'invitation' && shown.invitation.id === invitation.id
        ? { kind: 'invitation', invitation }
        : shown,
    );
    if (isTrouble(invitation)) setLate((before) => addLate(before, invitation));
  });
  useDelay(result === null ? null : shownForMs(result), result, () => setResult(null));
  useDelay(late.length === 0 ? null : SHOWN_LONGER_MS, late, () => setLate([]));
  return { result, setResult, late: late.filter(({ id }) => id !== shownId) };
}
