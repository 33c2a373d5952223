import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/** How many invitations a page may save at once, and the time until it may save one more. */
type Allowance = { readonly atOnce: number; readonly everyMs: number };

const FORCED: Allowance = { atOnce: 20, everyMs: 3 * MINUTE_MS };
const AT_ONCE = 600;

export type SaveRateLimit = {
  /** Whether the limit allows one more of this kind. */
  readonly isOpen: (kind: 'plain' | 'forced') => boolean;
  readonly count: (kind: 'plain' | 'forced') => void;
};

/**
 * Limits how many invitations a compromised page can save: 600 at once, then the send rate; forced ones, which
 * Partoo's window does not block, 20 at once, then one every three minutes. Normal use never reaches this
 * (docs/security.md).
 */
export function createSaveRateLimit(
  clock: Pick<Clock, 'elapsedMs'>,
  perMinute: () => number,
): SaveRateLimit {
  const level = { plain: 0, forced: 0 };
  let at = clock.elapsedMs();
  const allowance = (kind: 'plain' | 'forced'): Allowance =>
    kind === 'forced' ? FORCED : { atOnce: AT_ONCE, everyMs: MINUTE_MS / perMinute() };

  const drain = (): void => {
    const now = clock.elapsedMs();
    for (const kind of ['plain', 'forced'] as const) {
      level[kind] = Math.max(0, level[kind] - (now - at) / allowance(kind).everyMs);
    }
    at = now;
  };
  return {
    isOpen: (kind) => {
      drain();
      return level[kind] + 1 <= allowance(kind).atOnce;
    },
    count: (kind) => {
      drain();
      level[kind] += 1;
    },
  };
}
