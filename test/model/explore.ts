import type { State } from '../../shared/invitation.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import { LOST, RESTORED } from './backup-steps.ts';
import { EXPIRY_DAYS, stepsOf, type Rules } from './steps.ts';
import { isForced, ours, type World } from './world.ts';

/** A broken promise, and the shortest path to it. */
export type Counterexample = { readonly promise: Promised; readonly way: readonly string[] };

export type Exploration = {
  /** Every reachable world, as far as it was explored. */
  readonly worlds: readonly World[];
  readonly counterexample: Counterexample | undefined;
};

type Node = { readonly world: World; readonly step: string; readonly from: Node | undefined };

/** Explores every following world, breadth first, until a promise (or just this one) is broken or nothing is new. */
export function explore(start: World, rules: Rules, only?: Promised): Exploration {
  const seen = new Set([keyOf(start)]);
  const worlds = [start];
  let frontier: Node[] = [{ world: start, step: 'start', from: undefined }];
  while (frontier.length > 0) {
    const next: Node[] = [];
    for (const node of frontier) {
      const broken = brokenPromises(node).find((promise) => only === undefined || promise === only);
      if (broken !== undefined) {
        return { worlds, counterexample: { promise: broken, way: wayTo(node) } };
      }
      for (const { name, world } of stepsOf(node.world, rules)) {
        const key = keyOf(world);
        if (seen.has(key)) continue;
        seen.add(key);
        worlds.push(world);
        next.push({ world, step: name, from: node });
      }
    }
    frontier = next;
  }
  return { worlds, counterexample: undefined };
}

/** The invariants of the outbox. */
const PROMISES = {
  'one decision, one SMS at most': ({ world }) => ours(world).length <= 1,
  'a forced request begins once at most': ({ world }) => !isForced(world) || world.begun <= 1,
  'accepted means sent': ({ world }) => stateOf(world) !== 'accepted' || isSentAround(world),
  'cancelled, expired and refused mean never sent': ({ world }) =>
    !['cancelled', 'expired', 'refused'].includes(stateOf(world)) || !mayArrive(world),
  'what may have left is remembered': ({ world }) =>
    !['held', 'waiting', 'needs_decision'].includes(stateOf(world)) ||
    !mayArrive(world) ||
    world.row.invitation.mayHaveLeft,
  'nothing grows too old before its time': ({ world }) =>
    !isTooOld(world) || world.now - world.row.invitation.queuedAt > oldestMs(world),
  'what is finished stays so': ({ world, step, from }) =>
    from === undefined ||
    step === LOST ||
    !isFinal(stateOf(from.world)) ||
    stateOf(from.world) === stateOf(world),
  'a restore on purpose leaves it as it stands': ({ world, step, from }) =>
    from === undefined ||
    step !== RESTORED ||
    JSON.stringify(world.row) === JSON.stringify(from.world.row),
  'what a person has called off is not sent': ({ world }) =>
    world.begunWhenCalledOff === undefined || world.begun === world.begunWhenCalledOff,
  'what another desk has sent stops a look': ({ world }) => !world.overlooked,
} as const satisfies Record<string, (node: Node) => boolean>;
export type Promised = keyof typeof PROMISES;

function brokenPromises(node: Node): readonly Promised[] {
  const names: readonly Promised[] = [
    'one decision, one SMS at most',
    'a forced request begins once at most',
    'accepted means sent',
    'cancelled, expired and refused mean never sent',
    'what may have left is remembered',
    'nothing grows too old before its time',
    'what is finished stays so',
    'a restore on purpose leaves it as it stands',
    'what a person has called off is not sent',
    'what another desk has sent stops a look',
  ];
  return names.filter((name) => !PROMISES[name](node));
}

/** A refused row can still need a person again. */
function isFinal(state: State): boolean {
  return ['accepted', 'maybe_sent', 'cancelled', 'expired'].includes(state);
}

function stateOf({ row }: World): State {
  return row.invitation.progress.state;
}

function isTooOld({ row }: World): boolean {
  const { progress } = row.invitation;
  return progress.state === 'needs_decision' && progress.why === 'too-old';
}

function oldestMs(world: World): number {
  return isForced(world) ? 30 * MINUTE_MS : EXPIRY_DAYS * DAY_MS;
}

/** Whether an SMS of this row exists or can still be sent. */
function mayArrive(world: World): boolean {
  return ours(world).length + world.flights.length > 0;
}

/** As far as can be known: its own SMS, or another desk's within the minutes of its own attempts. */
function isSentAround(world: World): boolean {
  const { unclearSince, lastAttemptAt } = world.row;
  if (ours(world).length > 0) return true;
  if (unclearSince === null || lastAttemptAt === null) return false;
  return world.sms.some(
    ({ id, at, business }) =>
      id === 'others' &&
      business === 'own' &&
      at >= unclearSince - 2 * MINUTE_MS &&
      at <= lastAttemptAt + 13 * MINUTE_MS,
  );
}

/** A world whose row neither ends nor needs a person, although nothing fails from then on. */
export function findRestless(from: readonly World[], rules: Rules): World | undefined {
  return from.find((world) => {
    let now: World = {
      ...world,
      left: { times: 99, crashes: 0, others: 0, failures: 0, jumps: 0, restores: 0 },
    };
    for (let round = 0; round < 40; round += 1) {
      if (isAtRest(now)) return false;
      const steps = stepsOf(now, rules);
      const good = steps.find(({ name }) =>
        /^(answered|search answers|search is down|may not|an SMS)/.test(name),
      );
      const later = steps.find(({ name }) => name === '+1860 s');
      now = (good ?? later)?.world ?? now;
    }
    return true;
  });
}

function isAtRest({ row }: World): boolean {
  const { state } = row.invitation.progress;
  return state !== 'held' && state !== 'waiting' && state !== 'sending' && state !== 'unconfirmed';
}

/** Worlds without a relevant difference are one. */
function keyOf(world: World): string {
  const { now, row, sms, gap, flights, begun, begunWhenCalledOff, backup, left } = world;
  const { progress, mayHaveLeft } = row.invitation;
  // Nothing further concerns a row that has ended, unless one of its requests is in flight.
  const isOver = isFinal(progress.state) && flights.length === 0 && left.restores === 0;
  return JSON.stringify([
    isOver ? progress.state : progress,
    mayHaveLeft,
    isOver ? [] : [now, left],
    row.attempts,
    row.unclearAttempts,
    row.unclearSince,
    row.lastAttemptAt,
    row.sentAt,
    sms,
    flights,
    begun,
    row.onlyByPerson,
    gap?.to,
    begunWhenCalledOff,
    backup?.at,
    backup?.row?.invitation.progress,
    backup?.row?.unclearAttempts,
  ]);
}

function wayTo(node: Node): readonly string[] {
  return node.from === undefined ? [] : [...wayTo(node.from), node.step];
}
