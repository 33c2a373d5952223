import { useEffect, useState } from 'react';
import { SECOND_MS } from '../../shared/time.ts';
import type { AnyFailure } from '../ipc/client.ts';

/** For how many seconds nobody may try a PIN after this failure; null when it asks nobody to wait. */
export function waitSecondsOf(failure: AnyFailure | null): number | null {
  if (failure?.kind !== 'wrong-pin' && failure?.kind !== 'pin-wait') return null;
  return failure.waitSeconds > 0 ? failure.waitSeconds : null;
}

/** The same failure when so many seconds are left of its wait. */
export function withSecondsLeft(failure: AnyFailure, seconds: number): AnyFailure {
  if (failure.kind !== 'wrong-pin' && failure.kind !== 'pin-wait') return failure;
  // When the wait is over, it does not matter any more whether the PIN was wrong.
  return seconds === 0
    ? { kind: 'pin-wait', waitSeconds: 0 }
    : { ...failure, waitSeconds: seconds };
}

type Count = { readonly failure: AnyFailure | null; readonly seconds: number | null };

/** Counts the wait of a failure down to 0, from the moment that it is shown; null when it asks nobody to wait. */
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
