/** A query that is repeated whenever its answer may have changed. */
export type Query = { readonly again: () => void; readonly stop: () => void };

/**
 * Asks at once and on every `again`, one query at a time: one more query covers all changes that come while an answer
 * is in flight. `tell` gets each answer, the newest last, and none after `stop`.
 */
export function createQuery<A>(ask: () => Promise<A>, tell: (answer: A) => void): Query {
  let isAsking = false;
  let isOutdated = false;
  let isStopped = false;
  const again = (): void => {
    isOutdated = true;
    if (!isAsking) void askUntilCurrent();
  };
  const askUntilCurrent = async (): Promise<void> => {
    isAsking = true;
    while (isOutdated && !isStopped) {
      isOutdated = false;
      const answer = await ask();
      if (!isStopped) tell(answer);
    }
    isAsking = false;
  };
  again();
  return {
    again,
    stop: () => {
      isStopped = true;
    },
  };
}
