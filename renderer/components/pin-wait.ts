import { useEffect, useState } from 'react';
import { SECOND_MS } from '../../shared/time.ts';
import type { AnyFailure } from '../ipc/client.ts';

/** Returns for how many seconds no PIN is checked after this failure; null without a delay. */
export function waitSecondsOf(failure: AnyFailure | null): number | null {
  if (failure?.kind !== 'wrong-pin' && failure?.kind !== 'pin-wait') return null;
  return failure.waitSeconds > 0 ? failure.waitSeconds : null;
}

/** Returns the same failure with so many seconds left. */
export function withSecondsLeft(failure: AnyFailure, seconds: number): AnyFailure {
  if (failure.kind !== 'wrong-pin' && failure.kind !== 'pin-wait') return failure;
  // After the delay, it no longer matters whether the PIN was wrong.
  return seconds === 0
    ? { kind: 'pin-wait', waitSeconds: 0 }
    : { ...failure, waitSeconds: seconds };
}

type Count = { readonly failure: AnyFailure | null; readonly seconds: number | null };

/** Counts the delay of a failure down to 0 from the moment it is shown; null without a delay. */
export function useSecondsLeft(failure: AnyFailure | null): number | null {
  const [count, setCount] = useState<Count>({ failure, seconds: waitSecondsOf(failure) });
  if (count.failure !== failure) setCount({ failure, seconds: waitSecondsOf(failure) });
  useEffect(() => {
    const wait = waitSecondsOf(failure);
    if (wait === null) return undefined;
    const endsAt = performance.now() + wait * SECOND_MS;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / SECOND_MS));
      setCount({ failure, seconds });
      if (seconds === 0) clearInterval(timer);
    }, SECOND_MS / 4);
    return () => clearInterval(timer);
  }, [failure]);
  return count.seconds;
}
