import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/**
 * How long an invitation is held back while the form that corrects it does not change. The form clears itself after two
 * minutes without use, so this ends only the correction of a page that has died.
 */
const LONGEST_MS = 3 * MINUTE_MS;

/** The open invitation that a person is correcting in the form: it must not be sent with what they are changing. */
export type Correction = {
  /** Called at each change of the form; null: the form corrects none. `ended`: another one may be sent again. */
  readonly hold: (id: string | null) => 'ended' | 'unchanged';
  /** The id of the invitation; null without one. */
  readonly id: () => string | null;
};

/** Creates the memory of the current correction; at the start there is none. */
export function createCorrection(clock: Pick<Clock, 'elapsedMs'>): Correction {
  let held: { readonly id: string; readonly sinceMs: number } | null = null;
  const id = (): string | null =>
    held !== null && clock.elapsedMs() - held.sinceMs < LONGEST_MS ? held.id : null;
  return {
    hold: (next) => {
      const before = id();
      held = next === null ? null : { id: next, sinceMs: clock.elapsedMs() };
      return before !== null && before !== next ? 'ended' : 'unchanged';
    },
    id,
  };
}
