import { useState } from 'react';
import type { Progress } from '../../shared/invitation.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { useDelay, useOn } from '../hooks.ts';
import type { Result } from './result-words.ts';

/** How long a result stays that asks nothing of anybody, and one that does. */
const SHOWN_MS = 8 * SECOND_MS;
const SHOWN_LONGER_MS = 30 * SECOND_MS;
/** How long what was left alone can be brought back: a customer on the telephone, not the next shift. */
const BROUGHT_BACK_MS = 10 * MINUTE_MS;

/** How long a result stays on the screen from `now`; null: until something else happens. */
export function shownForMs(result: Result, now: EpochMs): number | null {
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
      return progressShownForMs(result.invitation.progress, now);
    default:
      return result satisfies never;
  }
}

function progressShownForMs(progress: Progress, now: EpochMs): number {
  switch (progress.state) {
    case 'held':
      return progress.why === 'undo' ? Math.max(SHOWN_MS, progress.notBefore - now) : SHOWN_MS;
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

/** What became of the last form. It follows its invitation and leaves the screen by itself. */
export function useResult(): {
  readonly result: Result | null;
  readonly setResult: (result: Result | null) => void;
} {
  const [result, setResult] = useState<Result | null>(null);
  useOn('invitation.changed', (invitation) => {
    setResult((shown) =>
      shown?.kind === 'invitation' && shown.invitation.id === invitation.id
        ? { kind: 'invitation', invitation }
        : shown,
    );
  });
  useDelay(result === null ? null : shownForMs(result, Date.now()), result, () => setResult(null));
  return { result, setResult };
}
