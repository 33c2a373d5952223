import { isForced } from '../../../electron/outbox/rules/build-decision.ts';
import { needsEvidence } from '../../../electron/outbox/rules/decide-after-attempt.ts';
import type { Row } from '../../../electron/outbox/store-port.ts';
import type { Outcome } from '../../../shared/attempt.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { claimSteps, keepPromise } from './claim-steps.ts';
import type { Rules, Step } from './rules.ts';
import {
  attributed,
  died,
  ended,
  evidenceFor,
  isAnswered,
  moved,
  noted,
  postponed,
  searchFailed,
} from './row-steps.ts';
import { spend, withDesk, type Desk, type Flight, type Name, type World } from './world.ts';

// One desk sends its row: what send-due.ts and flush.ts do, one step each.

const APART_MS = 30 * SECOND_MS;
const EXPIRY_DAYS = 3;

/** All that this desk can do for its row next. */
export function sendSteps(world: World, name: Name, rules: Rules): readonly Step[] {
  const { row, doing } = world.desks[name];
  if (row === undefined) return [];
  const { progress } = row.invitation;
  const steps: Step[] = [];
  if (progress.state === 'waiting' && progress.dueAt <= world.now)
    steps.push(...waitingSteps(world, name, row, rules));
  if (progress.state === 'sending') steps.push(...sendingSteps(world, name, row, rules));
  if (progress.state === 'unconfirmed' && progress.dueAt <= world.now)
    steps.push(...unconfirmedSteps(world, name, row, rules));
  if (world.left.crashes > 0 && doing.is !== 'nothing')
    steps.push({ name: `${name} dies`, world: died(world, name, rules), kind: 'fault' });
  return steps;
}

function waitingSteps(world: World, name: Name, row: Row, rules: Rules): readonly Step[] {
  const { now } = world;
  const desk = world.desks[name];
  const { doing } = desk;
  const check = rules.check({
    row,
    now,
    lastSend: undefined,
    doNotContactSince: desk.doNotContactSince,
    opensAt: now,
    outboxExpiryDays: EXPIRY_DAYS,
  });
  if (check.kind === 'not-now') {
    const next = moved(world, name, row, check.decision);
    return [{ name: `${name} may not send any more`, world: next, kind: 'good' }];
  }
  if (doing.is === 'promised') return [keepPromise(world, name, row, rules)];
  if (doing.is === 'may-send') {
    if (now - doing.at <= rules.isFreshFor) {
      const next = noted(world, name, row, doing.by, doing.at);
      const { row: sending } = next.desks[name];
      if (world.leavesOut.includes('pauses') && sending !== undefined)
        return [firstByte(next, name, sending)];
      return [{ name: `${name}: sending is on disk`, world: next, kind: 'good' }];
    }
    const next = withDesk(world, name, { doing: { is: 'nothing' } });
    return [{ name: `${name} asks again`, world: next, kind: 'good' }];
  }
  const hasSearched = doing.is === 'searched' && now - doing.at <= rules.isFreshFor;
  const isApart = statusOf(desk, world) === 'apart';
  const mustSearch =
    doing.is === 'must-search' ||
    rules.mustSearchFirst(row, undefined, now) ||
    (isApart && rules.searchesWhenApart);
  return mustSearch && !hasSearched
    ? searchSteps(world, name, row, rules)
    : permissionSteps(world, name, row, { hasSearched, rules });
}

function statusOf(
  { session, lostAt }: Desk,
  { now, whenApart }: World,
): 'connected' | 'connecting' | 'apart' | 'apart-and-waiting' {
  if (session !== 'none') return 'connected';
  if (now - lostAt < APART_MS) return 'connecting';
  return whenApart === 'wait' ? 'apart-and-waiting' : 'apart';
}

function permissionSteps(
  world: World,
  name: Name,
  row: Row,
  given: { readonly hasSearched: boolean; readonly rules: Rules },
): readonly Step[] {
  switch (statusOf(world.desks[name], world)) {
    case 'connected':
      return claimSteps(world, name, row, given);
    // No answer: the row waits for five seconds, again and again.
    case 'connecting':
      return [];
    case 'apart': {
      const doing = { is: 'may-send', at: world.now, by: 'search' } as const;
      const next = { ...withDesk(world, name, { doing }), hasSentApart: true };
      const event = { is: 'permitted-apart', desk: name, hasSearched: given.hasSearched } as const;
      return [{ name: `${name} is apart, and may send`, world: next, kind: 'good', event }];
    }
    case 'apart-and-waiting': {
      const next = postponed(world, name, row, APART_MS);
      return [{ name: `${name} is apart, and waits`, world: next, kind: 'good' }];
    }
  }
}

function searchSteps(world: World, name: Name, row: Row, rules: Rules): readonly Step[] {
  const asked = isForced(row)
    ? { world, evidence: evidenceFor(world, row) }
    : attributed(world, name, row, rules);
  const judged = rules.judgeSearch(row, asked.evidence, world.now);
  const steps: Step[] = [];
  if (judged.kind === 'send') {
    const next = withDesk(asked.world, name, { doing: { is: 'searched', at: world.now } });
    steps.push({ name: `${name} searches: no SMS`, world: next, kind: 'good' });
  } else if (judged.kind === 'not-now') {
    const next = moved(asked.world, name, row, judged.decision);
    steps.push({ name: `${name} searches: an SMS`, world: next, kind: 'good' });
  }
  if (world.left.failures > 0) {
    const next = searchFailed(world, name, row);
    steps.push({ name: `${name} searches: no answer`, world: next, kind: 'fault' });
  }
  return steps;
}

function sendingSteps(world: World, name: Name, row: Row, rules: Rules): readonly Step[] {
  const { now, flights, left } = world;
  const { doing } = world.desks[name];
  const flight = flights.find((one) => one.desk === name && one.isHeard);
  const end = (of: World, outcome: Outcome) => conclude(of, name, row, outcome, rules);
  if (doing.is === 'about-to-send') {
    const steps: Step[] = [];
    if (now - doing.at <= rules.isFreshFor) steps.push(firstByte(world, name, row));
    else {
      const next = end(world, { kind: 'not-sent', cause: 'timeout' });
      steps.push({ name: `${name} is too late, and sends nothing`, world: next, kind: 'good' });
    }
    if (left.failures > 0) {
      const next = end(spend(world, 'failures'), { kind: 'not-sent', cause: 'dns' });
      steps.push({ name: `${name} has no network`, world: next, kind: 'fault' });
    }
    return steps;
  }
  const rest = { ...world, flights: flights.filter((one) => one !== flight) };
  if (flight !== undefined && isAnswered(flight.stage)) {
    const outcome: Outcome =
      flight.stage === 'accepted'
        ? { kind: 'accepted', partooId: lastSmsOf(world, name) }
        : { kind: 'refused', status: 400, text: 'Less than 10 days' };
    const next = end(rest, outcome);
    const unheard = end(rest, { kind: 'unclear', cause: 'reset', notBeforeMs: 0 });
    return [
      { name: `${name} hears: ${flight.stage}`, world: next, kind: 'good' },
      { name: `${name} hears nothing`, world: unheard, kind: 'fault' },
    ];
  }
  const deaf = flight === undefined ? [] : [{ ...flight, isHeard: false }];
  const waiting = { ...world, flights: [...rest.flights, ...deaf] };
  const next = end(waiting, { kind: 'unclear', cause: 'timeout', notBeforeMs: 0 });
  const kind = flight === undefined ? 'good' : 'fault';
  return [{ name: `${name} hears nothing`, world: next, kind }];
}

function firstByte(world: World, name: Name, row: Row): Step {
  const flight: Flight = {
    desk: name,
    isForced: row.invitation.forceReason !== null,
    begunAt: world.now,
    stage: 'on-its-way',
    isHeard: true,
  };
  const begun = { ...world, flights: [...world.flights, flight] };
  return {
    name: `${name}: the first byte`,
    world: withDesk(begun, name, { doing: { is: 'requesting' } }),
    kind: 'good',
    event: { is: 'first-byte', desk: name },
  };
}

function lastSmsOf({ sms }: World, name: Name): string {
  const last = sms.findLast(({ by }) => by === name);
  if (last === undefined) throw new Error('Partoo accepts what it sends');
  return last.id;
}

function conclude(world: World, name: Name, row: Row, outcome: Outcome, rules: Rules): World {
  const { evidence, world: after } = needsEvidence(outcome, row)
    ? attributed(world, name, row, rules)
    : { evidence: { kind: 'not-asked' } as const, world };
  return ended(after, name, row, outcome, { rules, evidence });
}

function unconfirmedSteps(world: World, name: Name, row: Row, rules: Rules): readonly Step[] {
  const { evidence, world: after } = attributed(world, name, row, rules);
  const decision = rules.decideUnconfirmed(row, evidence, world.now, Number.POSITIVE_INFINITY);
  // Another search without a result changes only the time of the next one.
  if (decision.progress.state === 'unconfirmed') return [];
  const next = moved(after, name, row, decision);
  return [{ name: `${name} searches for its SMS`, world: next, kind: 'good' }];
}
