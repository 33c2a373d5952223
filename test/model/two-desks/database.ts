import { DAY_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import { WINDOW_MS } from '../../../shared/resend-window.ts';

// The functions of electron/site/sql as pure functions, each statement in the order of the SQL. A test compares them with
// a real server. The limits for an hour and a day are left out: they only refuse.

export type Send = {
  readonly invitation: string;
  readonly key: string;
  readonly desk: string;
  readonly state: 'in_flight' | 'maybe' | 'sent';
  readonly sentAt: EpochMs;
  readonly claim: number;
  readonly claimedAt: EpochMs;
  readonly partooId: string | null;
};

type OpenState = 'held' | 'waiting' | 'sending' | 'unconfirmed' | 'needs_decision';
/** An invitation that has not ended, as its desk pushes it; all are sealed here. */
export type PushedOpen = {
  readonly invitation: string;
  readonly key: string;
  readonly queuedAt: EpochMs;
  readonly state: OpenState;
  readonly forced: boolean;
  readonly tried: boolean;
};
type OpenInvitation = PushedOpen & {
  readonly desk: string;
  readonly takenBy: string | null;
  readonly isTakenSaved: boolean;
};

type DeskRecord = {
  readonly epoch: number;
  readonly pushed: number;
  readonly pulled: number;
  readonly seenAt: EpochMs;
};

/** The rows of the tables that decide about an SMS. All desks are of one site. */
export type SiteDatabase = {
  readonly epoch: number;
  /** Whether the server was started again since it was last asked. */
  readonly isRestarted: boolean;
  readonly settledAt: EpochMs;
  readonly desks: Readonly<Record<string, DeskRecord>>;
  readonly sends: readonly Send[];
  readonly open: readonly OpenInvitation[];
  readonly refusals: readonly { readonly key: string; readonly since: EpochMs }[];
  readonly erasures: readonly { readonly key: string; readonly queuedBefore: EpochMs }[];
  readonly head: number;
  readonly rate: Rate;
};

/** What a call changed, and its answer. */
export type Called<Answer> = { readonly db: SiteDatabase; readonly answer: Answer };

/** The error that a function raises for an invitation of another number, or for a late call. */
const NOT_YOURS = { is: 'SD003' } as const;

const SETTLE_MS = 90 * SECOND_MS;
const FLIGHT_MS = 3 * MINUTE_MS;

const aDeskRecord = (now: EpochMs): DeskRecord => ({
  epoch: 1,
  pushed: 0,
  pulled: 0,
  seenAt: now,
});

/** A database of these desks without any SMS. */
export function emptyDatabase(desks: readonly string[], now: EpochMs): SiteDatabase {
  return {
    epoch: 1,
    isRestarted: false,
    settledAt: 0,
    desks: Object.fromEntries(desks.map((desk) => [desk, aDeskRecord(now)])),
    sends: [],
    open: [],
    refusals: [],
    erasures: [],
    head: 0,
    rate: { perMinute: 250, pausedUntil: 0, seconds: [] },
  };
}

// 0002-locks-and-limits.sql

export type Rate = {
  readonly perMinute: number;
  readonly pausedUntil: EpochMs;
  readonly seconds: readonly { readonly second: number; readonly count: number }[];
};

/** `take_turns`: the milliseconds to wait, or 0 and the turn is taken. */
export function takeTurns(
  rate: Rate,
  now: EpochMs,
  purpose: 'send' | 'search' | 'poll',
  count: number,
): { readonly rate: Rate; readonly waitMs: number } {
  if (rate.pausedUntil > now) return { rate, waitMs: 1 + rate.pausedUntil - now };
  const thisSecond = Math.round(now / SECOND_MS);
  const share = { send: 1, search: 0.75, poll: 0.5 }[purpose];
  const most = Math.max(count, Math.floor(rate.perMinute * share));
  const counted = rate.seconds.filter(({ second }) => second >= thisSecond - 60);
  const used = counted.reduce((sum, one) => sum + one.count, 0);
  if (used + count <= most) {
    const before = rate.seconds.find(({ second }) => second === thisSecond)?.count ?? 0;
    const others = rate.seconds.filter(
      ({ second }) => second !== thisSecond && second >= thisSecond - 65,
    );
    const seconds = [...others, { second: thisSecond, count: before + count }];
    return { rate: { ...rate, seconds }, waitMs: 0 };
  }
  let freed = 0;
  const freedAt = counted
    .toSorted((one, other) => one.second - other.second)
    .find((one) => (freed += one.count) >= used + count - most);
  const waitMs = ((freedAt?.second ?? thisSecond) + 61 - thisSecond) * SECOND_MS;
  return { rate, waitMs: Math.max(50, waitMs) };
}

function isWhole({ desks, epoch }: SiteDatabase, now: EpochMs): boolean {
  return !Object.values(desks).some(
    (desk) => desk.epoch < epoch && desk.seenAt > now - 35 * DAY_MS,
  );
}

function isSettled(db: SiteDatabase, now: EpochMs): Called<boolean> {
  return db.isRestarted
    ? { db: { ...db, isRestarted: false, settledAt: now + SETTLE_MS }, answer: false }
    : { db, answer: db.settledAt <= now };
}

/** `is_in_flight`: whether the request of this claim can still be running. */
export function isInFlight({ state, claimedAt }: Send, now: EpochMs): boolean {
  return state === 'in_flight' && claimedAt > now - FLIGHT_MS;
}

// 0003-joining.sql

export type HelloCall = {
  readonly desk: string;
  readonly epoch: number;
  readonly pushed: number;
  readonly pulled: number;
};
type HelloAnswer = {
  readonly epoch: number;
  readonly pushed: number;
  readonly head: number;
  readonly whole: boolean;
  readonly settled: boolean;
};

/** `hello`: finds out whether the database was rewound. */
export function hello(before: SiteDatabase, now: EpochMs, call: HelloCall): Called<HelloAnswer> {
  const { db, answer: settled } = isSettled(before, now);
  const me = deskOf(db, call.desk);
  const knowsMore =
    call.epoch > db.epoch ||
    (call.epoch === db.epoch && (call.pushed > me.pushed || call.pulled > db.head));
  const epoch = knowsMore
    ? Math.min(Math.max(db.epoch, call.epoch), db.epoch + 1000) + 1
    : db.epoch;
  const desk = {
    ...me,
    seenAt: now,
    pulled: Math.min(call.pulled, db.head),
    epoch: call.epoch === epoch ? epoch : me.epoch,
  };
  const next = { ...db, epoch, desks: { ...db.desks, [call.desk]: desk } };
  const whole = isWhole(next, now);
  return { db: next, answer: { epoch, pushed: me.pushed, head: db.head, whole, settled } };
}

/** The record of a desk that has joined. */
export function deskOf(db: SiteDatabase, name: string): DeskRecord {
  const desk = db.desks[name];
  if (desk === undefined) throw new Error('an unknown desk');
  return desk;
}

// 0004-claims.sql

export type ClaimCall = {
  readonly desk: string;
  readonly invitation: string;
  /** The number of the call, higher than any before it at this desk. */
  readonly claim: number;
  readonly key: string;
  /** The time of the desk. */
  readonly now: EpochMs;
  readonly queuedAt: EpochMs;
  readonly forced: boolean;
  readonly seen: EpochMs | null;
  readonly looked: boolean;
};
export type ClaimAnswered =
  | { readonly is: 'granted'; readonly claim: number }
  | { readonly is: 'window'; readonly sentAt: EpochMs; readonly proved: boolean }
  | { readonly is: 'refused'; readonly since: EpochMs }
  | { readonly is: 'turn'; readonly waitMs: number }
  | { readonly is: 'look' | 'erased' | 'taken' | 'busy' | 'clock' | 'SD003' };

/** `claim`: the right to send one invitation now. */
export function claim(before: SiteDatabase, now: EpochMs, call: ClaimCall): Called<ClaimAnswered> {
  const { desk, invitation, key } = call;
  if (Math.abs(call.now - now) > DAY_MS) return { db: before, answer: { is: 'clock' } };
  const { db, answer: settled } = isSettled(before, now);
  const instead = (answer: ClaimAnswered) => ({ db, answer });
  if (!settled && !call.looked) return instead({ is: 'look' });
  if (!call.looked && !isWhole(db, now)) return instead({ is: 'look' });
  const order = db.erasures.find((one) => one.key === key);
  if (order !== undefined && call.queuedAt < order.queuedBefore) return instead({ is: 'erased' });
  const refusal = db.refusals.find((one) => one.key === key);
  if (refusal !== undefined) return instead({ is: 'refused', since: refusal.since });
  const open = db.open.find((one) => one.invitation === invitation);
  if (open !== undefined && open.takenBy !== null) return instead({ is: 'taken' });
  const own = db.sends.find((one) => one.invitation === invitation && one.desk === desk);
  if (own?.state === 'sent') return instead({ is: 'window', sentAt: own.sentAt, proved: true });
  const others = db.sends.filter(
    (one) => one.key === key && (one.invitation !== invitation || one.desk !== desk),
  );
  if (others.some((one) => isInFlight(one, now))) return instead({ is: 'busy' });
  const last = others
    .filter((one) => one.sentAt > call.now - WINDOW_MS)
    .filter((one) => !(call.forced && one.sentAt <= (call.seen ?? 0)))
    .toSorted((one, other) => other.sentAt - one.sentAt)[0];
  if (last !== undefined)
    return instead({ is: 'window', sentAt: last.sentAt, proved: last.state === 'sent' });
  const { rate, waitMs } = takeTurns(db.rate, now, 'send', 1);
  if (waitMs > 0) return instead({ is: 'turn', waitMs });
  if (own !== undefined && (own.key !== key || own.claim > call.claim)) return instead(NOT_YOURS);
  const granted: Send = {
    invitation,
    key,
    desk,
    state: 'in_flight',
    sentAt: Math.max(own?.sentAt ?? 0, call.now),
    claim: call.claim,
    claimedAt: now,
    partooId: own?.partooId ?? null,
  };
  const sends = [...db.sends.filter((one) => one !== own), granted];
  return { db: { ...db, rate, sends }, answer: { is: 'granted', claim: granted.claim } };
}

export type SettleCall = {
  readonly desk: string;
  readonly invitation: string;
  readonly claim: number;
  /** Null: proved never sent. */
  readonly sentAt: EpochMs | null;
  readonly proved: boolean;
  readonly partooId: string | null;
};

/** `settle`: what became of a claim. */
export function settle(
  db: SiteDatabase,
  now: EpochMs,
  call: SettleCall,
): Called<{ readonly known: boolean }> {
  const { desk, invitation, sentAt, proved } = call;
  const own = db.sends.find((one) => one.invitation === invitation && one.desk === desk);
  if (own === undefined) return { db, answer: { known: false } };
  const others = db.sends.filter((one) => one !== own);
  const answer = { known: true };
  if (sentAt === null) {
    const isTakenBack = own.claim === call.claim && own.state !== 'sent';
    return { db: isTakenBack ? { ...db, sends: others } : db, answer };
  }
  // A late result of an earlier claim ends no flight.
  if (!proved && own.claim !== call.claim && isInFlight(own, now)) return { db, answer };
  const told = withResult(own, { sentAt: plausible(sentAt, now), proved });
  const sends = [...others, { ...told, partooId: call.partooId ?? own.partooId }];
  const open = db.open.filter(
    (one) => !(proved && one.invitation === invitation && one.desk === desk),
  );
  return { db: { ...db, sends, open }, answer };
}

/** `plausible_ms`. */
export function plausible(time: EpochMs, now: EpochMs): EpochMs {
  return Math.max(1, Math.min(time, now + DAY_MS));
}

/** A proof is never taken back, and no time moves back. */
export function withResult(
  send: Send,
  { sentAt, proved }: { readonly sentAt: EpochMs; readonly proved: boolean },
): Send {
  if (send.state !== 'sent' && proved) return { ...send, state: 'sent', sentAt };
  if (send.state === 'sent' && !proved) return send;
  const state = proved ? 'sent' : 'maybe';
  return { ...send, state, sentAt: Math.max(send.sentAt, sentAt) };
}
