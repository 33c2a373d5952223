import * as z from 'zod/mini';
import type { DailyCount } from '../../../shared/history-query.ts';
import { MINUTE_MS, type EpochMs } from '../../../shared/time.ts';
import type { StatementCache } from '../statement-cache.ts';

const QUARTER_MS = 15 * MINUTE_MS;

export const DAILY_COUNT_SQL = {
  accepted: `
    SELECT quarter, delivery, sum(n) AS n FROM tally
    WHERE quarter >= :from AND quarter < :until AND state = 'accepted'
    GROUP BY quarter, delivery`,
} as const;

export type DailyCountVerbs = {
  /**
   * Counts by outcome the invitations saved between each of these instants and the next, in order. The instants are
   * whole quarters of an hour, like the beginnings of local days. Erased ones still count.
   */
  readonly tallyBetween: (instants: readonly EpochMs[]) => readonly DailyCount[];
};

const countsSchema = z.array(z.object({ quarter: z.int(), delivery: z.string(), n: z.int() }));

/** Creates the daily counts; they cost the same whatever the size of the database. */
export function createDailyCounts(statement: StatementCache): DailyCountVerbs {
  return {
    tallyBetween: (instants) => {
      const quarters = instants.map((instant) => Math.floor(instant / QUARTER_MS));
      const from = quarters.at(0) ?? 0;
      const until = quarters.at(-1) ?? 0;
      const counts = countsSchema.parse(statement(DAILY_COUNT_SQL.accepted).all({ from, until }));
      return quarters.slice(0, -1).map((begin, at) => {
        const end = quarters[at + 1] ?? begin;
        const inside = counts.filter(({ quarter }) => quarter >= begin && quarter < end);
        const sum = (...deliveries: readonly string[]): number =>
          inside
            .filter(({ delivery }) => deliveries.length === 0 || deliveries.includes(delivery))
            .reduce((total, { n }) => total + n, 0);
        return {
          accepted: sum(),
          delivered: sum('delivered'),
          notDelivered: sum('failed_send', 'failed_delivery'),
        };
      });
    },
  };
}
