import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../../electron/practice/faults.ts';
import type { Simulator } from '../../electron/practice/simulator.ts';
import { e164Schema, type E164 } from '../../shared/phone/e164.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { PostgresServer } from '../support/postgres/server.ts';
import { seeded } from '../support/seeded-random.ts';
import type { ChaosDesk } from './chaos-desk.ts';

export type FailingParts = {
  readonly desks: readonly ChaosDesk[];
  readonly server: Pick<PostgresServer, 'kill' | 'start'>;
  readonly vendor: Pick<Simulator, 'fault' | 'behave'>;
  readonly kills: number;
  readonly seconds: number;
  readonly seed: number;
};

/** How often each thing happened. */
export type Events = {
  readonly kills: number;
  readonly deaths: number;
  readonly cuts: number;
  readonly faults: number;
};

type Failing = FailingParts & { readonly isOver: () => boolean };

/** The mean times between two events at one desk. */
const TYPING_MS = 12 * SECOND_MS;
const DEATH_MS = 60 * SECOND_MS;
const CUT_MS = 30 * SECOND_MS;
/** So that few desks have some events in a short time too. */
const SELDOM_MS = 4 * SECOND_MS;
const OFTEN_MS = SECOND_MS / 2;
const FAULT_MS = 3 * SECOND_MS;
/** Numbers for each desk: so few that most are typed at several. */
const NUMBERS = 5;
/** Longer than the 30 seconds after which a desk is apart. */
const LONG_MS = 40 * SECOND_MS;

/** Types numbers at all desks while everything fails. Resolves when all of it works again. */
export async function failEverywhere(parts: FailingParts): Promise<Events> {
  let isOver = false;
  const failing: Failing = { ...parts, isOver: () => isOver };
  const killing = async (): Promise<number> => {
    const [kills] = await Promise.all([kill(failing), pause(parts.seconds * SECOND_MS)]);
    isOver = true;
    return kills;
  };
  const [kills, deaths, cuts, faults] = await Promise.all([
    killing(),
    letDie(failing),
    cutOff(failing),
    spoil(failing),
    ...parts.desks.map((desk, at) => typeAt(desk, at, failing)),
  ]);
  parts.vendor.behave();
  return { kills, deaths, cuts, faults };
}

async function kill({ server, kills, seconds, seed }: Failing): Promise<number> {
  const random = seeded(seed + 1_000);
  const gapMs = (seconds * SECOND_MS) / (kills + 1);
  for (let nth = 1; nth <= kills; nth += 1) {
    await pause(gapMs * between(random, 0.5, 1.5));
    await server.kill();
    // Every fourth time so long that the desks are apart.
    await pause(nth % 4 === 0 ? LONG_MS : between(random, 0, 4 * SECOND_MS));
    await server.start();
  }
  return kills;
}

/** Desks die and start again on the same files. */
async function letDie({ desks, seed, isOver }: Failing): Promise<number> {
  const random = seeded(seed + 2_000);
  const booting: Promise<void>[] = [];
  let deaths = 0;
  for (;;) {
    await pause(random() * 2 * Math.min(SELDOM_MS, DEATH_MS / desks.length));
    const desk = oneOf(random, desks);
    const downMs = between(random, 0, 5 * SECOND_MS);
    if (isOver()) break;
    if (!desk.isRunning()) continue;
    desk.die();
    deaths += 1;
    booting.push(pause(downMs).then(desk.boot));
  }
  await Promise.all(booting);
  return deaths;
}

/** Connections between desks and the server end, are silent, slow or refused. */
async function cutOff({ desks, seed, isOver }: Failing): Promise<number> {
  const random = seeded(seed + 3_000);
  let cuts = 0;
  for (;;) {
    await pause(random() * 2 * Math.min(SELDOM_MS, CUT_MS / desks.length));
    const { proxy } = oneOf(random, desks);
    const how = oneOf(random, ['pass', 'swallow', 'swallow-answers', 'refuse'] as const);
    const delayMs = random() < 0.3 ? between(random, 50, 3 * SECOND_MS) : 0;
    const lastsMs = random() < 0.2 ? LONG_MS : between(random, 0, 6 * SECOND_MS);
    if (isOver()) break;
    cuts += 1;
    proxy.behave(how);
    proxy.delay(delayMs);
    if (how === 'pass' || how === 'refuse') proxy.cut();
    setTimeout(() => connect(proxy), lastsMs);
  }
  for (const { proxy } of desks) connect(proxy);
  return cuts;
}

/** What was swallowed is missing in the stream: such a connection ends. */
function connect(proxy: ChaosDesk['proxy']): void {
  proxy.behave('pass');
  proxy.delay(0);
  proxy.cut();
}

/** Partoo answers badly, late or not at all, with and without sending the SMS. */
async function spoil({ vendor, seed, isOver }: Failing): Promise<number> {
  const random = seeded(seed + 4_000);
  const once = { path: '/review_booster/send_invitation', times: 1 } as const;
  let faults = 0;
  for (;;) {
    await pause(random() * 2 * FAULT_MS);
    const bad: readonly Fault[] = [
      { kind: 'drop-after-accepting', ...once },
      { kind: 'status-after-accepting', status: 502, ...once },
      { kind: 'hang-after-accepting', ...once },
      { kind: 'status', status: 503, ...once },
      { kind: 'slow', delayMs: between(random, 100, 3 * SECOND_MS), ...once },
      { kind: 'drop-before-reading', times: 1 },
    ];
    const fault = oneOf(random, bad);
    if (isOver()) return faults;
    faults += 1;
    vendor.fault(fault);
  }
}

async function typeAt(
  desk: ChaosDesk,
  at: number,
  { desks, seed, isOver }: Failing,
): Promise<void> {
  const random = seeded(seed + 5_000 + at);
  const gapMs = Math.min(TYPING_MS, OFTEN_MS * desks.length);
  for (;;) {
    await pause(random() * 2 * gapMs);
    const phone = aGuest(Math.floor(random() * NUMBERS * desks.length));
    if (isOver()) return;
    if (desk.isRunning()) await desk.type(phone);
  }
}

/** One of the 10,000 mobile numbers that France keeps for fiction. */
const aGuest = (nth: number): E164 =>
  e164Schema.parse(`+3363998${String(1_000 + nth).padStart(4, '0')}`);

/** A number from one to another, evenly. */
export const between = (random: () => number, from: number, to: number): number =>
  from + random() * (to - from);

function oneOf<T>(random: () => number, all: readonly T[]): T {
  const chosen = all[Math.floor(random() * all.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}
