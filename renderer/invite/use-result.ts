import { useState } from 'react';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { useDelay, useOn } from '../hooks.ts';
import type { Result } from './result-words.ts';

/** How long a result stays that asks nothing of anybody, and one that does. */
const SHOWN_MS = 8 * SECOND_MS;
const SHOWN_LONGER_MS = 30 * SECOND_MS;

/** How long a result stays on the screen from `now`; null: until something else happens. */
export function shownForMs(result: Result, now: EpochMs): number | null {
  if (result.kind === 'failed') return null;
  if (result.kind === 'form-in-use') return SHOWN_LONGER_MS;
  const { progress } = result.invitation;
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

/** Whether Undo can still be pressed. */
export function canUndo(result: Result | null): boolean {
  return result?.kind === 'invitation' && result.invitation.progress.state === 'held';
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
