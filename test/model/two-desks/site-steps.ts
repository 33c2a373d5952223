import type { Row } from '../../../electron/outbox/store-port.ts';
import { isOpen } from '../../../shared/invitation.ts';
import type { PushCall } from './database-lists.ts';
import { deskOf, type SettleCall } from './database.ts';
import { mayBeSent } from './row-steps.ts';
import type { Rules, Step } from './rules.ts';
import { forgotten, lost } from './site-connection.ts';
import { KEY, spend, withDesk, type Desk, type LateCall, type Name, type World } from './world.ts';

// What a desk tells the site database beside its claims: hello, what it knows, and what became of its claims.

/** All calls of this desk that can come next. */
export function siteSteps(world: World, name: Name, rules: Rules): readonly Step[] {
  const desk = world.desks[name];
  if (!desk.isLinked) return [];
  if (desk.session === 'none') return [greet(world, name, rules)];
  const steps: Step[] = [];
  if (desk.session === 'connected' && isBehind(world, name)) steps.push(greet(world, name, rules));
  if (mustPush(desk)) steps.push(...pushSteps(world, name, rules));
  if (desk.session === 'connected') {
    steps.push(...settleSteps(world, name, rules));
    if (desk.pulled < world.db.head) steps.push(...pullSteps(world, name));
  }
  return steps;
}

/** Whether a connected desk's next hello changes something; it says one every half minute. */
function isBehind({ db, desks }: World, name: Name): boolean {
  const [desk, record] = [desks[name], deskOf(db, name)];
  return (
    db.epoch > desk.wantedEpoch ||
    record.epoch < desk.epoch ||
    record.pushed < desk.pushed ||
    db.head < desk.pulled
  );
}

function mustPush({ isDirty, isRefusalDirty, wantedEpoch, epoch }: Desk): boolean {
  return isDirty || isRefusalDirty || wantedEpoch > epoch;
}

/** Whether a desk that reaches the database has something to say that it says within half a minute. */
export function isTalking(world: World, name: Name): boolean {
  const desk = world.desks[name];
  const isSaid = desk.session === 'connected' && !mustPush(desk) && !isBehind(world, name);
  return desk.isLinked && !isSaid;
}

/** Calls that arrive after their desk gave up waiting, or never. */
export function lateSteps(world: World, rules: Rules): readonly Step[] {
  return world.late.flatMap((late): readonly Step[] => {
    const rest = { ...world, late: world.late.filter((one) => one !== late) };
    const name = `a late ${late.of} of ${late.call.desk} arrives`;
    return [{ name, world: { ...rest, db: carryOut(world, late, rules) }, kind: 'fault' }];
  });
}

function carryOut({ db, now }: World, late: LateCall, rules: Rules): World['db'] {
  switch (late.of) {
    case 'claim':
      return rules.claim(db, now, late.call).db;
    case 'settle':
      return rules.settle(db, now, late.call).db;
    case 'push':
      return rules.push(db, now, late.call).db;
    default:
      return late satisfies never;
  }
}

function greet(world: World, name: Name, rules: Rules): Step {
  const desk = world.desks[name];
  const isConnected = (wantedEpoch: number) => !mustPush({ ...desk, wantedEpoch });
  if (!rules.saysHello && desk.session === 'none') {
    const session = isConnected(desk.wantedEpoch) ? 'connected' : 'greeted';
    return { name: `${name} connects`, world: withDesk(world, name, { session }), kind: 'good' };
  }
  const { epoch, pushed, pulled } = desk;
  const { db, answer } = rules.hello(world.db, world.now, { desk: name, epoch, pushed, pulled });
  const wantedEpoch = Math.max(desk.wantedEpoch, answer.epoch);
  const session = isConnected(wantedEpoch) ? 'connected' : 'greeted';
  const change = {
    session,
    wantedEpoch,
    pulled: Math.min(pulled, answer.head),
    pushed: Math.min(pushed, answer.pushed),
    lostAt: world.now,
  } as const;
  return {
    name: `${name} says hello`,
    world: withDesk({ ...world, db }, name, change),
    kind: 'good',
  };
}

function pushSteps(world: World, name: Name, rules: Rules): readonly Step[] {
  const desk = world.desks[name];
  const { row, doNotContactSince } = desk;
  const call: PushCall = {
    desk: name,
    known: desk.pushed,
    change: desk.pushed + 1,
    sends: row === undefined ? [] : sendsOf(row, desk.partooId),
    open: row === undefined ? [] : openOf(row),
    ended: row === undefined || isOpen(row.invitation) ? [] : [row.invitation.id],
    refusals:
      doNotContactSince === undefined || !(desk.isRefusalDirty || desk.wantedEpoch > desk.epoch)
        ? []
        : [{ key: KEY, since: doNotContactSince }],
  };
  const { db, answer } = rules.push(world.db, world.now, call);
  if (answer.mustSayHello)
    return [{ name: `${name} pushes: hello first`, world: lost(world, name), kind: 'good' }];
  const isErased = row !== undefined && answer.erased.includes(row.invitation.id);
  const kept = withDesk({ ...world, db }, name, {
    isDirty: false,
    isRefusalDirty: false,
    pushed: call.change,
    epoch: desk.wantedEpoch,
    session: 'connected',
    ...(isErased && mayErase(row) ? { row: undefined, note: undefined } : {}),
  });
  const steps: Step[] = [{ name: `${name} pushes`, world: kept, kind: 'good' }];
  const { left } = world;
  if (left.lostAnswers > 0) {
    const next = lost({ ...spend(world, 'lostAnswers'), db }, name);
    steps.push({ name: `${name} pushes, not heard`, world: next, kind: 'fault' });
  }
  if (left.lateCalls > 0 && row !== undefined) {
    const late = [...world.late, { of: 'push', call } as const];
    const next = lost({ ...spend(world, 'lateCalls'), late }, name);
    steps.push({ name: `${name} pushes, the call is late`, world: next, kind: 'fault' });
  }
  if (left.restores > 0) {
    const next = forgotten({ ...kept, db: world.db });
    steps.push({ name: `${name} pushes, lost in a failover`, world: next, kind: 'fault' });
  }
  return steps;
}

/** A row whose request has not ended is pushed as open only: its claim says the rest. */
function sendsOf(row: Row, partooId: string | null): PushCall['sends'] {
  const { id, queuedAt, progress } = row.invitation;
  if (row.sentAt === null || !mayBeSent(row)) return [];
  const proved = progress.state === 'accepted';
  const proof = proved ? partooId : null;
  return [{ invitation: id, key: KEY, proved, sentAt: row.sentAt, queuedAt, partooId: proof }];
}

function openOf(row: Row): PushCall['open'] {
  const { id, queuedAt, progress, forceReason } = row.invitation;
  const { state } = progress;
  if (
    state !== 'held' &&
    state !== 'waiting' &&
    state !== 'sending' &&
    state !== 'unconfirmed' &&
    state !== 'needs_decision'
  )
    return [];
  const [forced, tried] = [forceReason !== null, row.attempts > 0];
  return [{ invitation: id, key: KEY, queuedAt, state, forced, tried }];
}

function settleSteps(world: World, name: Name, rules: Rules): readonly Step[] {
  const desk = world.desks[name];
  const { row, note, doing } = desk;
  const isBusy = doing.is === 'may-send' || row?.invitation.progress.state === 'sending';
  if (row === undefined || note === undefined || isBusy) return [];
  const proved = row.invitation.progress.state === 'accepted';
  const sentAt = proved || row.unclearAttempts > 0 ? row.sentAt : null;
  const [claim = 0, ...rest] = note;
  const call: SettleCall = {
    desk: name,
    invitation: row.invitation.id,
    claim,
    sentAt,
    proved,
    partooId: proved ? desk.partooId : null,
  };
  const { db, answer } = rules.settle(world.db, world.now, call);
  const isDirty = desk.isDirty || (!answer.known && sentAt !== null);
  const kept = withDesk({ ...world, db }, name, {
    note: rest.length === 0 ? undefined : rest,
    isDirty,
  });
  const title = `${name} settles ${sentAt === null ? 'as never sent' : 'its SMS'}`;
  const steps: Step[] = [{ name: title, world: kept, kind: 'good' }];
  const { left } = world;
  if (left.lostAnswers > 0) {
    const next = lost({ ...spend(world, 'lostAnswers'), db }, name);
    steps.push({ name: `${title}, not heard`, world: next, kind: 'fault' });
  }
  if (left.lateCalls > 0) {
    const late = [...world.late, { of: 'settle', call } as const];
    const next = lost({ ...spend(world, 'lateCalls'), late }, name);
    steps.push({ name: `${title}, the call is late`, world: next, kind: 'fault' });
  }
  if (left.restores > 0) {
    const next = forgotten({ ...kept, db: world.db });
    steps.push({ name: `${title}, lost in a failover`, world: next, kind: 'fault' });
  }
  return steps;
}

/** A row is erased when its request has ended. */
function mayErase(row: Row): boolean {
  return row.invitation.progress.state !== 'sending';
}

function pullSteps(world: World, name: Name): readonly Step[] {
  const { row } = world.desks[name];
  const { erasedBefore, db } = world;
  const isErased =
    row !== undefined && erasedBefore !== undefined && row.invitation.queuedAt < erasedBefore;
  if (isErased && !mayErase(row)) return [];
  const change = isErased
    ? { row: undefined, note: undefined, doing: NOTHING, isDirty: false }
    : {};
  const next = withDesk(world, name, { ...change, pulled: db.head });
  return [{ name: `${name} pulls`, world: next, kind: 'good' }];
}

const NOTHING = { is: 'nothing' } as const;
