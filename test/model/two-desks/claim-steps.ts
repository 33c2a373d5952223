import type { ClaimAnswer } from '../../../electron/outbox/site-port.ts';
import { isForced } from '../../../electron/outbox/rules/build-decision.ts';
import type { Row } from '../../../electron/outbox/store-port.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import type { Called, ClaimAnswered, ClaimCall } from './database.ts';
import { moved, postponed } from './row-steps.ts';
import type { Rules, Step } from './rules.ts';
import { forgotten, lost } from './site-connection.ts';
import { KEY, spend, withDesk, type Name, type World } from './world.ts';

// A desk asks the site database, as claim-at-site.ts does, and the site client around it.

const APART_MS = 30 * SECOND_MS;

/** A claim of this row, and all that can become of the call. */
export function claimSteps(
  world: World,
  name: Name,
  row: Row,
  { hasSearched, rules }: { readonly hasSearched: boolean; readonly rules: Rules },
): readonly Step[] {
  const call: ClaimCall = {
    desk: name,
    invitation: row.invitation.id,
    claim: nextClaim(world, name),
    key: KEY,
    now: world.now,
    queuedAt: row.invitation.queuedAt,
    forced: isForced(row),
    seen: row.seenSentAt,
    looked: hasSearched,
  };
  return rules
    .answersTo(rules.claim(world.db, world.now, call))
    .flatMap((called) => callSteps(world, name, row, { call, called, rules }));
}

function callSteps(
  world: World,
  name: Name,
  row: Row,
  {
    call,
    called,
    rules,
  }: {
    readonly call: ClaimCall;
    readonly called: Called<ClaimAnswered>;
    readonly rules: Rules;
  },
): readonly Step[] {
  const hasSearched = call.looked;
  const { is } = called.answer;
  if (is === 'granted' && !rules.locks) {
    const promised = withDesk(world, name, { doing: { is: 'promised' } });
    return [{ name: `${name} hears: granted`, world: promised, kind: 'good' }];
  }
  const title = `${name} claims${hasSearched ? ' after a search' : ''}: ${is}`;
  const answered = hear(world, name, row, called, { hasSearched, rules });
  const event =
    is === 'granted' ? ({ event: { is: 'granted', desk: name, hasSearched } } as const) : {};
  const steps: Step[] = [{ name: title, world: answered, kind: 'good', ...event }];
  const unheard = () => {
    const judged = rules.judgeClaim({ kind: 'no-answer' }, row, world.now);
    if (judged.kind !== 'not-now') throw new Error('a row without an answer waits');
    const waits = moved(world, name, row, judged.decision);
    const { note = [] } = world.desks[name];
    return lost(withDesk(waits, name, { note: [...note, call.claim] }), name);
  };
  if (world.left.lostAnswers > 0) {
    const next = { ...spend(unheard(), 'lostAnswers'), db: called.db };
    steps.push({ name: `${title}, not heard`, world: next, kind: 'fault' });
  }
  if (world.left.lateCalls > 0) {
    const late = [...world.late, { of: 'claim', call } as const];
    const next = { ...spend(unheard(), 'lateCalls'), late };
    steps.push({ name: `${name} claims, the call is late`, world: next, kind: 'fault' });
  }
  if (world.left.restores > 0 && is === 'granted') {
    const failed = forgotten({ ...answered, db: world.db });
    steps.push({ name: `${title}, lost in a failover`, world: failed, kind: 'fault', ...event });
  }
  return steps;
}

/** A number higher than any of this desk that is still known anywhere: that one of the past is gone makes no difference. */
function nextClaim({ desks, db, late }: World, name: Name): number {
  const kept = db.sends.filter(({ desk }) => desk === name).map(({ claim }) => claim);
  const underWay = late.flatMap((one) =>
    one.of !== 'push' && one.call.desk === name ? [one.call.claim] : [],
  );
  return Math.max(0, ...(desks[name].note ?? []), ...kept, ...underWay) + 1;
}

/** Without the lock: what was answered before is written now, whatever another desk has written since. */
export function keepPromise(world: World, name: Name, row: Row, rules: Rules): Step {
  const { id } = row.invitation;
  const hidden = world.db.sends.filter(({ invitation }) => invitation !== id);
  const call: ClaimCall = {
    desk: name,
    invitation: id,
    claim: nextClaim(world, name),
    key: KEY,
    now: world.now,
    queuedAt: row.invitation.queuedAt,
    forced: isForced(row),
    seen: row.seenSentAt,
    looked: true,
  };
  const own = world.db.sends.filter(({ invitation }) => invitation === id);
  const called = rules.claim({ ...world.db, sends: own }, world.now, call);
  const db = { ...called.db, sends: [...hidden, ...called.db.sends] };
  const next = hear(world, name, row, { ...called, db }, { hasSearched: true, rules });
  return { name: `${name}: the claim is written`, world: next, kind: 'good' };
}

function hear(
  before: World,
  name: Name,
  row: Row,
  { db, answer }: Called<ClaimAnswered>,
  { hasSearched, rules }: { readonly hasSearched: boolean; readonly rules: Rules },
): World {
  const told = answer.is === 'refused' ? { doNotContactSince: answer.since } : {};
  const world = withDesk({ ...before, db }, name, told);
  const { now } = world;
  const judged = rules.judgeClaim(meaningOf(answer), row, now);
  switch (judged.kind) {
    case 'send': {
      // The calls before a granted claim can no longer be.
      const note = answer.is === 'granted' ? [answer.claim] : world.desks[name].note;
      return withDesk(world, name, { note, doing: { is: 'may-send', at: now, by: 'claim' } });
    }
    case 'search-first':
      return hasSearched
        ? postponed(world, name, row, APART_MS)
        : withDesk(world, name, { doing: { is: 'must-search' } });
    case 'not-now':
      return moved(world, name, row, judged.decision);
    case 'retry':
    case 'clock-wrong':
      return withDesk(world, name, { doing: { is: 'nothing' } });
    default:
      return judged satisfies never;
  }
}

const PLACE = { site: 'Lille', desk: null } as const;

/** What the site client makes of an answer. */
function meaningOf(answer: ClaimAnswered): ClaimAnswer {
  switch (answer.is) {
    case 'granted':
      return { kind: 'granted' };
    case 'look':
      return { kind: 'search-first' };
    case 'busy':
      return { kind: 'busy', place: PLACE };
    case 'window':
      return { kind: 'window', sentAt: answer.sentAt, place: PLACE };
    case 'refused':
      return { kind: 'do-not-contact', since: answer.since };
    case 'taken':
      return { kind: 'taken-over', place: PLACE };
    case 'erased':
      return { kind: 'erased' };
    case 'turn':
      return { kind: 'rate-limited', waitMs: answer.waitMs };
    case 'clock':
      return { kind: 'clock-wrong' };
    case 'SD003':
      return { kind: 'not-accepted' };
    default:
      return answer satisfies never;
  }
}
