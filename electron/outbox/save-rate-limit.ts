import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/** How many a page may have saved at once, and how soon there is room for one more. */
type Allowance = { readonly atOnce: number; readonly everyMs: number };

const FORCED: Allowance = { atOnce: 20, everyMs: 3 * MINUTE_MS };
const AT_ONCE = 600;

export type SaveRateLimit = {
  /** Whether there is room for one more of this kind. */
  readonly isOpen: (kind: 'plain' | 'forced') => boolean;
  readonly count: (kind: 'plain' | 'forced') => void;
};

/**
 * Bounds the damage that a page can do which somebody else has taken over: it cannot have more saved than leave at the
 * desk's rate and a heap that no person makes, and of those that Partoo's window does not hold back, one in three
 * minutes. No person at a desk ever meets it (docs/security.md).
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
