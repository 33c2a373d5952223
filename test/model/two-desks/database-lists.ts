import { HOUR_MS, MINUTE_MS, type EpochMs } from '../../../shared/time.ts';
import {
  deskOf,
  isInFlight,
  plausible,
  withResult,
  type Called,
  type PushedOpen,
  type Send,
  type SiteDatabase,
} from './database.ts';

// 0005-refusals-and-erasures.sql

/** `refuse`: from the commit on no claim for the number is granted. */
function refuse(
  db: SiteDatabase,
  now: EpochMs,
  call: { readonly key: string; readonly since: EpochMs },
): Called<{ readonly isNew: boolean }> {
  if (db.refusals.some(({ key }) => key === call.key)) return { db, answer: { isNew: false } };
  const refusal = { key: call.key, since: plausible(call.since, now) };
  const refusals = [...db.refusals, refusal];
  return { db: { ...db, refusals, head: db.head + 1 }, answer: { isNew: true } };
}

/** `erase`, which keeps the refusal. */
export function erase(
  db: SiteDatabase,
  now: EpochMs,
  call: { readonly key: string; readonly now: EpochMs },
): Called<'sending' | 'erased'> {
  const isOther = (one: { readonly key: string }) => one.key !== call.key;
  if (db.sends.some((one) => !isOther(one) && isInFlight(one, now)))
    return { db, answer: 'sending' };
  const earlier = db.erasures.find((one) => !isOther(one))?.queuedBefore ?? 0;
  const queuedBefore = Math.max(Math.min(call.now, now + 2 * MINUTE_MS) + 1, earlier);
  const next = {
    ...db,
    sends: db.sends.filter(isOther),
    open: db.open.filter(isOther),
    erasures: [...db.erasures.filter(isOther), { key: call.key, queuedBefore }],
    head: db.head + 1,
  };
  return { db: next, answer: 'erased' };
}

// 0006-push.sql

export type PushCall = {
  readonly desk: string;
  /** The last acknowledged change. */
  readonly known: number;
  readonly change: number;
  readonly sends: readonly {
    readonly invitation: string;
    readonly key: string;
    readonly proved: boolean;
    readonly sentAt: EpochMs;
    readonly queuedAt: EpochMs;
    readonly partooId: string | null;
  }[];
  readonly open: readonly PushedOpen[];
  readonly ended: readonly string[];
  readonly refusals: readonly { readonly key: string; readonly since: EpochMs }[];
};
type PushAnswer = {
  /** The database knows less than it has acknowledged: it was restored. */
  readonly mustSayHello: boolean;
  readonly erased: readonly string[];
  readonly notKept: readonly string[];
  readonly taken: readonly string[];
};

const SAY_HELLO: PushAnswer = { mustSayHello: true, erased: [], notKept: [], taken: [] };

/** `push`: what a desk knows and the database may not. */
export function push(before: SiteDatabase, now: EpochMs, call: PushCall): Called<PushAnswer> {
  const { desk } = call;
  if (deskOf(before, desk).pushed < call.known) return { db: before, answer: SAY_HELLO };
  const erased = [...call.sends, ...call.open]
    .filter(({ key, queuedAt }) =>
      before.erasures.some((one) => one.key === key && queuedAt < one.queuedBefore),
    )
    .map(({ invitation }) => invitation);
  const isKept = ({ invitation }: { readonly invitation: string }) => !erased.includes(invitation);
  let { sends, open } = before;
  for (const item of call.sends.filter(isKept)) sends = withPushedSend(sends, desk, item, now);
  for (const item of call.open.filter(isKept)) open = withPushedOpen(open, desk, item, now);
  const foreign = [
    ...call.sends.filter((item) =>
      sends.some(
        (one) => one.invitation === item.invitation && one.desk === desk && one.key !== item.key,
      ),
    ),
    ...call.open.filter((item) =>
      open.some((one) => one.invitation === item.invitation && one.desk !== desk),
    ),
  ];
  const isEnded = ({ invitation }: { readonly invitation: string }) =>
    call.ended.includes(invitation);
  open = open
    .map((one) => (isEnded(one) && one.takenBy === desk ? { ...one, isTakenSaved: true } : one))
    .filter(
      (one) => !(isEnded(one) && one.desk === desk && (one.takenBy === null || one.isTakenSaved)),
    );
  const me = deskOf(before, desk);
  const desks = {
    ...before.desks,
    [desk]: { ...me, pushed: Math.max(me.pushed, call.change), seenAt: now },
  };
  let db: SiteDatabase = { ...before, sends, open, desks };
  for (const refusal of call.refusals) ({ db } = refuse(db, now, refusal));
  const notKept = foreign.filter(isKept).map(({ invitation }) => invitation);
  const taken = open.filter((one) => one.desk === desk && one.takenBy !== null);
  return {
    db,
    answer: {
      mustSayHello: false,
      erased,
      notKept,
      taken: taken.map(({ invitation }) => invitation),
    },
  };
}

function withPushedSend(
  sends: readonly Send[],
  desk: string,
  item: PushCall['sends'][number],
  now: EpochMs,
): readonly Send[] {
  const { invitation, key, proved, partooId } = item;
  const sentAt = plausible(item.sentAt, now);
  const own = sends.find((one) => one.invitation === invitation && one.desk === desk);
  if (own === undefined) {
    const state = proved ? 'sent' : 'maybe';
    return [...sends, { invitation, key, desk, state, sentAt, claim: 0, claimedAt: now, partooId }];
  }
  if (own.key !== key) return sends;
  const told = withResult(own, { sentAt, proved });
  // A push is older than a claim that is in flight, unless it is a proof.
  const state = !proved && isInFlight(own, now) ? own.state : told.state;
  const kept = { ...told, state, partooId: partooId ?? own.partooId };
  return sends.map((one) => (one === own ? kept : one));
}

function withPushedOpen(
  open: SiteDatabase['open'],
  desk: string,
  item: PushedOpen,
  now: EpochMs,
): SiteDatabase['open'] {
  const pushed = { ...item, queuedAt: plausible(item.queuedAt, now) };
  const known = open.find(({ invitation }) => invitation === item.invitation);
  if (known === undefined)
    return [...open, { ...pushed, desk, takenBy: null, isTakenSaved: false }];
  return known.desk === desk
    ? open.map((one) => (one === known ? { ...known, ...pushed } : one))
    : open;
}

/** How long an SMS that is being sent may be any listed one. */
const SENDING_MS = HOUR_MS;

export type AttributionCall = {
  readonly desk: string;
  readonly invitation: string;
  readonly ids: readonly string[];
};

/** `attribute_sms`: the SMS of other invitations; the first of the rest is reserved for this one. */
export function attributeSms(
  db: SiteDatabase,
  now: EpochMs,
  { desk, invitation, ids }: AttributionCall,
): Called<readonly string[]> {
  const own = db.sends.find((one) => one.invitation === invitation && one.desk === desk);
  const others = db.sends.filter((one) => one.invitation !== invitation);
  const isSending = others.some(
    ({ key, state, claimedAt }) =>
      key === own?.key && state === 'in_flight' && claimedAt > now - SENDING_MS,
  );
  if (isSending) return { db, answer: ids };
  const answer = ids.filter((id) => others.some(({ partooId }) => partooId === id));
  const first = ids.find((id) => !answer.includes(id));
  const sends = db.sends.map((one) =>
    one === own && one.state !== 'sent' ? { ...one, partooId: first ?? one.partooId } : one,
  );
  return { db: { ...db, sends }, answer };
}

const SILENT_MS = 10 * MINUTE_MS;

export type TakeOverCall = { readonly desk: string; readonly invitation: string };

/** `take_over`: takes over an invitation of a desk that is silent. */
export function takeOver(
  db: SiteDatabase,
  now: EpochMs,
  { desk, invitation }: TakeOverCall,
): Called<'absent' | 'taken' | 'awake' | 'in-doubt' | 'yours'> {
  const wanted = db.open.find((one) => one.invitation === invitation);
  if (wanted === undefined) return { db, answer: 'absent' };
  if (wanted.takenBy === desk) return { db, answer: 'yours' };
  if (wanted.takenBy !== null) return { db, answer: 'taken' };
  const isAwake = deskOf(db, wanted.desk).seenAt > now - SILENT_MS;
  if (wanted.desk === desk || isAwake) return { db, answer: 'awake' };
  const isSent = db.sends.some((one) => one.invitation === invitation);
  const isUntried = !wanted.forced && !wanted.tried && !isSent;
  if (!isUntried || !['held', 'waiting'].includes(wanted.state)) return { db, answer: 'in-doubt' };
  const open = db.open.map((one) => (one === wanted ? { ...one, takenBy: desk } : one));
  return { db: { ...db, open }, answer: 'yours' };
}
