import { MINUTE_MS, type Clock } from '../../shared/time.ts';

export type CrashRecoveryParts = {
  readonly clock: Pick<Clock, 'elapsedMs'>;
  readonly reload: () => void;
  /** Asks the user whether to reload the page once more. */
  readonly ask: () => Promise<'again' | 'quit'>;
  readonly quit: () => void;
  readonly reportBug: (error: unknown) => void;
};

export type CrashRecovery = { readonly crashed: () => void };

/** A third crash within a minute would repeat for ever. */
const CRASHES_MAX = 2;
const CRASHES_WITHIN_MS = MINUTE_MS;

/** Handles a crash of the page: reloads it twice, then asks the user. Sending goes on behind the question. */
export function createCrashRecovery(parts: CrashRecoveryParts): CrashRecovery {
  let crashesMs: readonly number[] = [];
  let isAsking = false;

  const ask = async (): Promise<void> => {
    isAsking = true;
    const answer = await parts.ask().catch((error: unknown) => {
      parts.reportBug(error);
      return 'again' as const;
    });
    isAsking = false;
    crashesMs = [];
    if (answer === 'again') parts.reload();
    else parts.quit();
  };

  return {
    crashed: () => {
      if (isAsking) return;
      const nowMs = parts.clock.elapsedMs();
      crashesMs = [...crashesMs.filter((atMs) => atMs > nowMs - CRASHES_WITHIN_MS), nowMs];
      if (crashesMs.length <= CRASHES_MAX) parts.reload();
      else void ask();
    },
  };
}
