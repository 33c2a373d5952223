import { DAY_MS, MINUTE_MS, type EpochMs } from './time.ts';

/**
 * Partoo sends a new SMS to a number only 10 days after the last one. Whether it counts hours or calendar
 * days is not documented, so this is plain elapsed time, the same in every time zone and across a clock
 * change.
 * https://developers.partoo.co/api-reference/review-booster/send-a-review-invitation
 */
export const WINDOW_MS = 10 * DAY_MS;

/** The effect of the last known send on another one. All instants are epoch milliseconds. */
export type WindowJudgement =
  /** No send is known, or it is long enough ago. */
  | { readonly kind: 'open' }
  /** Partoo would refuse a new SMS until `opensAt`. */
  | { readonly kind: 'closed'; readonly sentAt: EpochMs; readonly opensAt: EpochMs }
  /** Partoo would accept it, but the house window asks to wait until `opensAt`. */
  | { readonly kind: 'house'; readonly sentAt: EpochMs; readonly opensAt: EpochMs };

/**
 * Judges whether a number may get a new SMS at `now`. Exactly `WINDOW_MS` after the last send the window is open. A
 * `houseWindowDays` of 0 (or up to 10) adds nothing to Partoo's rule.
 *
 * A send dated in the future comes from a wrong clock, then or now. It counts as sent at `now`: the window stays
 * closed, and `opensAt` is never more than 10 days away.
 */
export function judgeWindow(input: {
  readonly lastSentAt: EpochMs | undefined;
  readonly now: EpochMs;
  readonly houseWindowDays: number;
}): WindowJudgement {
  if (input.lastSentAt === undefined) return { kind: 'open' };
  const sentAt = Math.min(input.lastSentAt, input.now);
  const ageMs = input.now - sentAt;
  if (ageMs < WINDOW_MS) return { kind: 'closed', sentAt, opensAt: sentAt + WINDOW_MS };
  const houseWindowMs = input.houseWindowDays * DAY_MS;
  if (ageMs < houseWindowMs) return { kind: 'house', sentAt, opensAt: sentAt + houseWindowMs };
  return { kind: 'open' };
}

/** Statuses that refuse the request without a reason. */
const MAY_MEAN_WINDOW: ReadonlySet<number> = new Set([400, 402, 409, 412, 422, 423]);

/**
 * Whether a refusal with this HTTP status can mean the resend window. Partoo does not document which status it uses,
 * and its wording is never matched.
 */
export function mayBeWindow(status: number): boolean {
  return MAY_MEAN_WINDOW.has(status);
}

/**
 * A slow request may still be carried out this long after the timeout, and a created invitation may be in no list
 * before it is sent: nothing is repeated sooner.
 */
export const QUARANTINE_MS = 10 * MINUTE_MS;

/**
 * The quarantine before the second repeat where Partoo's whole list could not be read: then only Partoo's own check
 * prevents a second SMS.
 */
export const UNASKED_QUARANTINE_MS = 30 * MINUTE_MS;
