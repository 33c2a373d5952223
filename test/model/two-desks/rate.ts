import { SECOND_MS } from '../../../shared/time.ts';
import { NINE } from '../../support/builders/row.ts';
import type { Rate, takeTurns } from './database.ts';

/** Half a second past a whole one, where rounding changes the second. */
const STEPS_MS = [600, 29_500, 59_500] as const;
const MOST_STEPS = 9;
const PER_MINUTE = 2;

type Used = { readonly now: number; readonly rate: Rate; readonly grants: readonly number[] };

/**
 * Explores every order of requests and pauses. Returns the requests of a minute that has more than `PER_MINUTE`, as
 * seconds before the last one; undefined: there is none.
 */
export function findFullMinute(take: typeof takeTurns): readonly number[] | undefined {
  const rate: Rate = { perMinute: PER_MINUTE, pausedUntil: 0, seconds: [] };
  let frontier: readonly Used[] = [{ now: NINE, rate, grants: [] }];
  const seen = new Set<string>();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next: Used[] = [];
    for (const used of frontier.flatMap((one) => following(one, take))) {
      const { now, grants } = used;
      const minute = grants.filter((at) => at > now - 60 * SECOND_MS);
      if (minute.length > PER_MINUTE) return minute.map((at) => (now - at) / SECOND_MS);
      const key = JSON.stringify([
        now % SECOND_MS,
        minute.map((at) => now - at),
        used.rate.seconds.map(({ second, count }) => [Math.round(now / SECOND_MS) - second, count]),
      ]);
      if (seen.has(key)) continue;
      seen.add(key);
      next.push(used);
    }
    frontier = next;
  }
  return undefined;
}

function following({ now, rate, grants }: Used, take: typeof takeTurns): readonly Used[] {
  const taken = take(rate, now, 'send', 1);
  const asked = taken.waitMs === 0 ? [{ now, rate: taken.rate, grants: [...grants, now] }] : [];
  return [...asked, ...STEPS_MS.map((ms) => ({ now: now + ms, rate, grants }))];
}
