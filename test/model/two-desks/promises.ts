import type { State } from '../../../shared/invitation.ts';
import { MINUTE_MS } from '../../../shared/time.ts';
import type { Step } from './rules.ts';
import { NAMES, otherThan, type Name, type Sms, type World } from './world.ts';

/** A world, the step that led to it, and the world before. */
export type Reached = {
  readonly world: World;
  readonly step: Step | undefined;
  readonly from: World | undefined;
};

/** The invariants S1 to S11 of the site database. A database that has forgotten, or a desk that is apart, limits S1. */
const PROMISES = {
  '[S1] a whole database that is reached: no second SMS': ({ world }: Reached) =>
    world.hasForgotten || world.hasSentApart || findDouble(world, 'any') === undefined,
  '[S2] a Partoo that checks as it sends: no second unforced SMS': ({ world }: Reached) =>
    world.partoo !== 'one-step' || findDouble(world, 'unforced') === undefined,
  '[S3] no first byte without `sending` on disk and a fresh permission': isPermitted,
  '[S3] a desk that is apart sends only after a search': ({ step, from }: Reached) =>
    step?.event?.is !== 'permitted-apart' || step.event.hasSearched || from === undefined,
  '[S4] the database remembers a possible SMS': ({ world }: Reached) =>
    isExcused(world) || sendersOf(world).every((name) => isKnown(world, name)),
  '[S5] no claim is granted after a refusal': ({ step, from }: Reached) =>
    step?.event?.is !== 'granted' || from?.db.refusals.length === 0,
  '[S7] an erased number does not come back': ({ world: { db } }: Reached) =>
    db.erasures.length === 0 || db.sends.length + db.open.length === 0,
  '[S7] an erasure waits for an SMS that is being sent': ({ step, from }: Reached) =>
    step?.event?.is !== 'erased' || from === undefined || !isSending(from),
  '[S9] no claim without a search until every desk has pushed again': ({ step, from }: Reached) =>
    step?.event?.is !== 'granted' || from === undefined || step.event.hasSearched || isWhole(from),
  '[S9] a claim of a forgetful database overlooks no listed SMS': ({ step, from }: Reached) =>
    step?.event?.is !== 'granted' ||
    step.event.hasSearched ||
    from?.hasForgotten !== true ||
    from.hasSentApart ||
    !overlooks(from, step.event.desk),
  '[S11] accepted means sent': ({ world }: Reached) =>
    NAMES.every((name) => stateOf(world, name) !== 'accepted' || world.sms.length > 0),
  '[S11] cancelled, expired and refused mean never sent': ({ world }: Reached) =>
    NAMES.every((name) => !isEndedUnsent(world, name) || !sendersOf(world).includes(name)),
  '[S12] an SMS proves one invitation': ({ world }: Reached) =>
    isExcused(world) || !isProofOfBoth(world),
  'only an invitation that was never tried is taken over': ({ step, from }: Reached) =>
    step?.event?.is !== 'taken-over' ||
    from?.hasSentApart !== false ||
    from.desks.A.row?.attempts === 0,
  'both desks, any database, any Partoo: no second SMS': ({ world }: Reached) =>
    findDouble(world, 'any') === undefined,
} as const satisfies Record<string, (reached: Reached) => boolean>;
export type Promised = keyof typeof PROMISES;

/** The promise that no design keeps when both guards fail; a test asks for it by name. */
export const NO_DOUBLE_EVER: Promised = 'both desks, any database, any Partoo: no second SMS';

const ALWAYS: readonly Promised[] = [
  '[S1] a whole database that is reached: no second SMS',
  '[S2] a Partoo that checks as it sends: no second unforced SMS',
  '[S3] no first byte without `sending` on disk and a fresh permission',
  '[S3] a desk that is apart sends only after a search',
  '[S4] the database remembers a possible SMS',
  '[S5] no claim is granted after a refusal',
  '[S7] an erased number does not come back',
  '[S7] an erasure waits for an SMS that is being sent',
  '[S9] no claim without a search until every desk has pushed again',
  '[S9] a claim of a forgetful database overlooks no listed SMS',
  '[S11] accepted means sent',
  '[S11] cancelled, expired and refused mean never sent',
  '[S12] an SMS proves one invitation',
  'only an invitation that was never tried is taken over',
];

/** The first broken promise; `only`: these alone. */
export function brokenPromise(
  reached: Reached,
  only: readonly Promised[] = ALWAYS,
): Promised | undefined {
  return only.find((name) => !PROMISES[name](reached));
}

/** What holds once nothing fails any more, and each row has ended or needs a person. */
export function brokenAtRest(world: World): string | undefined {
  if (NAMES.some((name) => isOnItsWay(world, name)))
    return '[S10] every row ends or needs a person';
  const isErased = world.erasedBefore !== undefined;
  if (!isErased && !sendersOf(world).every((name) => isKnown(world, name)))
    return '[S4] the database knows every SMS in the end';
  if (!isErased && !NAMES.every((name) => isReported(world, name)))
    return '[S6] the database knows every open invitation in the end';
  const isRefused = NAMES.some((name) => world.desks[name].doNotContactSince !== undefined);
  return isRefused && world.db.refusals.length === 0
    ? '[S5] the database knows every refusal in the end'
    : undefined;
}

/**
 * Two SMS of which neither was chosen: one invitation has two, or none of the two persons had seen the other SMS when
 * they forced theirs. A person has seen an SMS that began up to a minute after the time that was shown.
 */
function findDouble({ sms, desks }: World, which: 'any' | 'unforced'): Sms | undefined {
  const isChosenAfter = (later: Sms, earlier: Sms): boolean => {
    if (later.by === 'before') return false;
    const row = desks[later.by].row;
    const seenAt = row?.seenSentAt ?? null;
    return later.by !== earlier.by && seenAt !== null && seenAt >= earlier.begunAt - MINUTE_MS;
  };
  const isForced = ({ by }: Sms) => by !== 'before' && desks[by].row?.seenSentAt !== null;
  return sms.find((one, at) =>
    sms
      .slice(0, at)
      .some(
        (other) =>
          !isChosenAfter(one, other) &&
          !isChosenAfter(other, one) &&
          (which === 'any' || !(isForced(one) || isForced(other))),
      ),
  );
}

function isPermitted({ step, from }: Reached): boolean {
  if (step?.event?.is !== 'first-byte' || from === undefined) return true;
  const { doing } = from.desks[step.event.desk];
  if (!('by' in doing) || from.now - doing.at > MINUTE_MS) return false;
  return from.leavesOut.includes('pauses') || stateOf(from, step.event.desk) === 'sending';
}

/** Whether Partoo lists an SMS of the other desk, or an older one, that nobody at this desk has seen. */
function overlooks({ sms, desks }: World, name: Name): boolean {
  const seenAt = desks[name].row?.seenSentAt ?? 0;
  return sms.some(({ by, at }) => by === otherThan(name) && at > seenAt);
}

function isExcused({ hasForgotten, hasSentApart, erasedBefore }: World): boolean {
  return hasForgotten || hasSentApart || erasedBefore !== undefined;
}

function isProofOfBoth({ desks: { A, B } }: World): boolean {
  return A.partooId !== null && A.partooId === B.partooId;
}

/** The desks whose SMS exists or can still be sent. */
function sendersOf({ sms, flights }: World): readonly Name[] {
  return NAMES.filter(
    (name) => sms.some(({ by }) => by === name) || flights.some(({ desk }) => desk === name),
  );
}

function isKnown({ db }: World, name: Name): boolean {
  return db.sends.some(({ desk }) => desk === name);
}

function isSending({ flights, hasSentApart }: World): boolean {
  return !hasSentApart && flights.some(({ isHeard }) => isHeard);
}

function isWhole({ db, now }: World): boolean {
  const isSettled = !db.isRestarted && db.settledAt <= now;
  return isSettled && Object.values(db.desks).every(({ epoch }) => epoch === db.epoch);
}

function stateOf({ desks }: World, name: Name): State | undefined {
  return desks[name].row?.invitation.progress.state;
}

function isEndedUnsent(world: World, name: Name): boolean {
  const state = stateOf(world, name);
  return state === 'cancelled' || state === 'expired' || state === 'refused';
}

function isOnItsWay(world: World, name: Name): boolean {
  const state = stateOf(world, name);
  return state === 'held' || state === 'waiting' || state === 'sending' || state === 'unconfirmed';
}

function isReported({ db, desks, leavesOut }: World, name: Name): boolean {
  const { row } = desks[name];
  return (
    leavesOut.includes('pushes') ||
    leavesOut.includes('open-pushes') ||
    row?.invitation.progress.state !== 'needs_decision' ||
    db.open.some(({ invitation, desk }) => invitation === row.invitation.id && desk === name)
  );
}
