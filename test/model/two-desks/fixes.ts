import type { EpochMs } from '../../../shared/time.ts';
import { isInFlight } from './database.ts';
import { RULES, type Rules } from './rules.ts';

/** Claims have numbers that never start again, also after one was taken back. */
export const NUMBERS_GO_ON: Partial<Rules> = {
  claim: (db, now, call) => {
    const called = RULES.claim(db, now, call);
    if (called.answer.is !== 'granted') return called;
    const number = called.db.grants;
    const sends = called.db.sends.map((one) =>
      one.invitation === call.invitation && one.desk === call.desk
        ? { ...one, claim: number }
        : one,
    );
    return { db: { ...called.db, sends }, answer: { is: 'granted', claim: number } };
  },
};

type Result = Parameters<Rules['settle']>[2];

/**
 * Without a proof, only the result of this very claim changes a claim that is in flight, and the time of a possible SMS
 * never moves back. A push names no claim.
 */
export const FLIGHTS_STAY: Partial<Rules> = {
  push: (db, now, call) => {
    const sends = call.sends.flatMap((item) => {
      const result = { ...item, desk: call.desk, claim: Number.NaN };
      const sentAt = timeToKeep(db, now, result);
      return sentAt === undefined ? [] : [{ ...item, sentAt }];
    });
    return RULES.push(db, now, { ...call, sends });
  },
  settle: (db, now, call) => {
    const { sentAt } = call;
    if (sentAt === null) return RULES.settle(db, now, call);
    const kept = timeToKeep(db, now, { ...call, sentAt });
    return kept === undefined
      ? { db, answer: { known: true } }
      : RULES.settle(db, now, { ...call, sentAt: kept });
  },
};

/** The time to keep with this result; undefined: it changes nothing. */
function timeToKeep(
  { sends }: Parameters<Rules['settle']>[0],
  now: EpochMs,
  result: Result & { readonly sentAt: EpochMs },
): EpochMs | undefined {
  const own = sends.find(
    ({ invitation, desk }) => invitation === result.invitation && desk === result.desk,
  );
  if (own === undefined || result.proved) return result.sentAt;
  if (own.claim !== result.claim && isInFlight(own, now)) return undefined;
  return Math.max(own.sentAt, result.sentAt);
}
