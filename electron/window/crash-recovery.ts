import { MINUTE_MS, type Clock } from '../../shared/time.ts';

export type CrashRecoveryParts = {
  readonly clock: Pick<Clock, 'elapsedMs'>;
  readonly reload: () => void;
  /** Asks a person whether the page shall be tried once more. */
  readonly ask: () => Promise<'again' | 'quit'>;
  readonly quit: () => void;
  readonly reportBug: (error: unknown) => void;
};

export type CrashRecovery = { readonly crashed: () => void };

/** A third crash within a minute is no accident: the page would come and go for ever. */
const CRASHES_MAX = 2;
const CRASHES_WITHIN_MS = MINUTE_MS;

/**
 * What happens when the page has crashed: it comes back by itself, but not again and again. Then a person is told, and
 * sending goes on behind the question.
 */
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
