import { useState } from 'react';
import type { Progress } from '../../../shared/invitation.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { useDelay } from '../../time/use-clock.ts';
import { useEvent } from '../../ipc/use-ipc.ts';
import type { Result } from './result-text.ts';
import type { TabName } from '../../shell/tabs.tsx';
import { useClearedForms, type ClearedForms } from '../use-cleared-form-list.ts';
import { useEarlierProblems, type EarlierProblem } from './use-earlier-problems.ts';

/** How long a result stays that needs no action, and one that does. */
const SHOWN_MS = 8 * SECOND_MS;
const SHOWN_LONGER_MS = 30 * SECOND_MS;

/** Returns how long a result stays on the screen; null: until something else happens. */
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
    case 'invitation':
      return progressShownForMs(result.invitation.progress);
    default:
      return result satisfies never;
  }
}

function progressShownForMs(progress: Progress): number {
  switch (progress.state) {
    case 'held':
      // Until the next state is visible. Both instants use the desk's time, which may differ from this PC's.
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

/** Returns a result of the kinds that "Undo" is for; null for others. */
export function withUndo(
  result: Result | null,
): Extract<Result, { readonly kind: 'invitation' | 'said-no' }> | null {
  switch (result?.kind) {
    case undefined:
    case 'failed':
    case 'form-in-use':
    case 'no-taken-back':
    case 'recalled':
      return null;
    case 'invitation':
    case 'said-no':
      return result;
    default:
      return result satisfies never;
  }
}

/** Whether the result can be undone now. */
export function isUndoable(result: Result | null): boolean {
  const one = withUndo(result);
  if (one === null) return false;
  return one.kind === 'invitation' ? one.invitation.progress.state === 'held' : one.isNew;
}

/**
 * Tracks the result of the last form. It follows its invitation and disappears after a time. `late` are earlier
 * problems; `clearedForms` are cleared forms that can be restored.
 */
export function useResult(tab: TabName): {
  readonly result: Result | null;
  readonly setResult: (result: Result | null) => void;
  readonly earlierProblems: readonly EarlierProblem[];
  readonly markProblemsSeen: (id?: string) => void;
  readonly clearedForms: ClearedForms;
} {
  const clearedForms = useClearedForms();
  const [result, setResult] = useState<Result | null>(null);
  const shownId = result?.kind === 'invitation' ? result.invitation.id : null;
  const { earlierProblems, see } = useEarlierProblems(tab, shownId);
  useEvent('invitation.changed', (invitation) => {
    setResult((shown) =>
      shown?.kind === 'invitation' && shown.invitation.id === invitation.id
        ? { kind: 'invitation', invitation }
        : shown,
    );
  });
  useDelay(result === null ? null : shownForMs(result), result, () => setResult(null));
  const tell = (next: Result | null): void => {
    setResult(next);
    switch (next?.kind) {
      case 'invitation':
      case 'said-no':
      case 'no-taken-back':
        return clearedForms.outdate();
      case undefined:
      case 'failed':
      case 'form-in-use':
      case 'recalled':
        return undefined;
      default:
        return next satisfies never;
    }
  };
  return { result, setResult: tell, earlierProblems, markProblemsSeen: see, clearedForms };
}
