import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { emptyDatabase } from './database.ts';
import { partooSteps } from './partoo-steps.ts';
import type { Rules, Step } from './rules.ts';
import { sendSteps } from './send-steps.ts';
import { forgotten, lost, restarted } from './site-connection.ts';
import { isTalking, lateSteps, siteSteps } from './site-steps.ts';
import {
  anInvitation,
  FORCED,
  NAMES,
  otherThan,
  spend,
  withDesk,
  type Name,
  type World,
} from './world.ts';

/** All possible next events. */
export function stepsOf(world: World, rules: Rules): readonly Step[] {
  return [
    ...partooSteps(world),
    ...NAMES.flatMap((name) => [
      ...siteSteps(world, name, rules),
      ...sendSteps(world, name, rules),
      ...networkSteps(world, name),
    ]),
    ...lateSteps(world, rules),
    ...serverSteps(world),
    ...personSteps(world, rules),
    ...timeSteps(world),
  ];
}

/** Requests end within ten minutes, and a desk waits for their answer for less than one. */
function timeSteps(world: World): readonly Step[] {
  const { now, left, flights } = world;
  if (left.times === 0) return [];
  const desks = NAMES.map((name) => world.desks[name]);
  const isRequesting = desks.some(({ doing }) => doing.is === 'requesting');
  const isOneTalking = NAMES.some((name) => isTalking(world, name));
  return world.timesMs.flatMap((byMs): readonly Step[] => {
    if (isOneTalking || (byMs >= MINUTE_MS && isRequesting)) return [];
    if (byMs >= 10 * MINUTE_MS && flights.length > 0) return [];
    const later = { ...spend(world, 'times'), now: now + byMs };
    return [{ name: `+${byMs / SECOND_MS} s`, world: seen(later), kind: 'time' }];
  });
}

/** A connected desk says hello every half minute. */
function seen(world: World): World {
  const desks = { ...world.db.desks };
  for (const name of NAMES) {
    const record = desks[name];
    if (record !== undefined && world.desks[name].session === 'connected')
      desks[name] = { ...record, seenAt: world.now };
  }
  return { ...world, db: { ...world.db, desks } };
}

function networkSteps(world: World, name: Name): readonly Step[] {
  const { isLinked } = world.desks[name];
  if (!isLinked) {
    const next = withDesk(world, name, { isLinked: true });
    return [{ name: `${name} reaches the database again`, world: next, kind: 'good' }];
  }
  if (world.left.cuts === 0) return [];
  const cut = withDesk(lost(spend(world, 'cuts'), name), name, { isLinked: false });
  return [{ name: `${name} is cut off`, world: cut, kind: 'fault' }];
}

function serverSteps(world: World): readonly Step[] {
  const { left, db } = world;
  const steps: Step[] = [];
  if (left.restarts > 0) {
    const next = restarted(spend(world, 'restarts'));
    steps.push({ name: 'the server is restarted', world: next, kind: 'fault' });
  }
  if (left.restores > 0 && (db.sends.length > 0 || db.head > 0)) {
    const empty = emptyDatabase(NAMES, 0);
    const next = forgotten({ ...world, db: { ...empty, desks: forgetful(world) } });
    steps.push({ name: 'the database is restored', world: next, kind: 'fault' });
  }
  return steps;
}

/** The desks as the backup knows them: they had pushed nothing. */
function forgetful({ db }: World): World['db']['desks'] {
  return Object.fromEntries(
    Object.entries(db.desks).map(([name, desk]) => [
      name,
      { ...desk, epoch: 1, pushed: 0, pulled: 0 },
    ]),
  );
}

/** What persons at desk B do besides typing. */
function personSteps(world: World, rules: Rules): readonly Step[] {
  const { left, now, db } = world;
  const desk = world.desks.B;
  const isConnected = desk.session === 'connected';
  const steps: Step[] = [];
  if (left.refusals > 0) {
    const refused = { doNotContactSince: now, isRefusalDirty: true };
    const next = withDesk(spend(world, 'refusals'), 'B', refused);
    steps.push({ name: 'a customer says no at B', world: next, kind: 'fault' });
  }
  if (left.erasures > 0 && isConnected && desk.row?.invitation.progress.state !== 'sending') {
    const called = rules.erase(db, now, { key: 'number', now });
    if (called.answer === 'erased') {
      const next = withDesk({ ...spend(world, 'erasures'), db: called.db }, 'B', {
        row: undefined,
        note: undefined,
        doing: { is: 'nothing' },
        isDirty: false,
      });
      const erased = { ...next, erasedBefore: now + 1 };
      steps.push({ name: 'B erases', world: erased, kind: 'fault', event: { is: 'erased' } });
    }
  }
  if (desk.row !== undefined || !isConnected) return steps;
  if (left.takeOvers > 0) {
    const called = rules.takeOver(db, now, { desk: 'B', invitation: 'A1' });
    if (called.answer === 'yours') {
      const isForced = db.open.some(({ forced }) => forced);
      const row = anInvitation('B1', { queuedAt: now, ...(isForced ? FORCED : {}) });
      const spent = { ...spend(world, 'takeOvers'), db: called.db };
      const next = withDesk(spent, 'B', { row, isDirty: true });
      const event = { is: 'taken-over' } as const;
      steps.push({ name: 'B takes over', world: next, kind: 'fault', event });
    }
  }
  if (left.forces > 0) {
    const seenAt = lastSeen(world);
    if (seenAt !== undefined) {
      const changes = { queuedAt: now, forceReason: 'The customer lost it', seenSentAt: seenAt };
      const row = anInvitation('B1', changes);
      const next = withDesk(spend(world, 'forces'), 'B', { row, isDirty: true });
      steps.push({ name: 'a person forces at B', world: next, kind: 'fault' });
    }
  }
  return steps;
}

/** The last SMS that the database or Partoo shows to a person at B. */
function lastSeen({ db, sms }: World): number | undefined {
  const other = otherThan('B');
  const times = [
    ...db.sends.filter(({ desk }) => desk === other).map(({ sentAt }) => sentAt),
    ...sms.map(({ at }) => at),
  ];
  return times.length === 0 ? undefined : Math.max(...times);
}
