import { evidenceIn, withElsewhere } from '../../electron/outbox/search-partoo.ts';
import { decideManually } from '../../electron/outbox/rules/manual-decision.ts';
import {
  decideAfterAttempt,
  needsEvidence,
} from '../../electron/outbox/rules/decide-after-attempt.ts';
import { createCorrectedClock, isTimeStillValid } from '../../electron/outbox/corrected-clock.ts';
import { checkBeforeSending } from '../../electron/outbox/rules/check-before-sending.ts';
import { judgeSearch, mustSearchFirst } from '../../electron/outbox/rules/search-before-sending.ts';
import type { Outcome } from '../../shared/attempt.ts';
import type { PartooAnswer, KnownSend } from '../../electron/outbox/partoo-port.ts';
import { decideUnconfirmed } from '../../electron/outbox/rules/decide-unconfirmed.ts';
import type { Row } from '../../electron/outbox/store-port.ts';
import type { Decision } from '../../electron/outbox/rules/transitions.ts';
import type { HttpResult } from '../../electron/partoo/http-result.ts';
import { classifySend } from '../../electron/partoo/classify-send.ts';
import { WINDOW_MS } from '../../shared/resend-window.ts';
import { aRow } from '../support/builders/row.ts';
import { createFakeClock } from '../support/clock.ts';
import { byBackup } from './backup-steps.ts';
import type { Restore } from './restore.ts';
import {
  JUMPS_MS,
  listed,
  passTime,
  sendByOthers,
  serve,
  takeOff,
  TIMES_MS,
  type World,
} from './world.ts';

/** The rules of the outbox. A test may switch one off and must then find a broken promise. */
export type Rules = {
  readonly classify: typeof classifySend;
  readonly decideAfterAttempt: typeof decideAfterAttempt;
  readonly decideUnconfirmed: typeof decideUnconfirmed;
  readonly check: typeof checkBeforeSending;
  readonly evidenceIn: typeof evidenceIn;
  readonly withElsewhere: typeof withElsewhere;
  readonly needsLook: typeof mustSearchFirst;
  readonly judgeLook: typeof judgeSearch;
  readonly byHand: typeof decideManually;
  readonly isTimeStillValid: typeof isTimeStillValid;
  readonly restore: Restore;
  /** Whether `sending` is on disk before the first byte is sent. */
  readonly intent: 'first' | 'after';
};

/** The rules as they are. `restore` is the store's. */
export const rulesWith = (restore: Restore): Rules => ({
  classify: classifySend,
  decideAfterAttempt,
  decideUnconfirmed,
  check: checkBeforeSending,
  evidenceIn,
  withElsewhere,
  needsLook: mustSearchFirst,
  judgeLook: judgeSearch,
  byHand: decideManually,
  isTimeStillValid,
  restore,
  intent: 'first',
});

/** A possible next event, and the world after it. */
export type Step = { readonly name: string; readonly world: World };

export const EXPIRY_DAYS = 3;
const DIED: Outcome = { kind: 'unclear', cause: 'died', notBeforeMs: 0 };

/** All possible next events. The outbox's part stands for `sendNext`, `searchUnconfirmed` and `recordStranded`. */
export function stepsOf(world: World, rules: Rules): readonly Step[] {
  const { progress } = world.row.invitation;
  const steps: Step[] = [];
  if (world.left.times > 0) {
    for (const byMs of TIMES_MS) {
      for (const next of passTime(world, byMs))
        steps.push({ name: `+${byMs / 1000} s`, world: next });
    }
  }
  const others = sendByOthers(world);
  if (others !== undefined) steps.push({ name: 'another desk sends', world: others });
  if (progress.state === 'waiting' && progress.dueAt <= world.now) {
    steps.push(...send(world, rules));
  }
  if (progress.state === 'unconfirmed' && progress.dueAt <= world.now) {
    steps.push(...look(world, rules));
  }
  steps.push(...byPerson(world, rules), ...byBackup(world, rules.restore));
  return steps;
}

/** The stored row after a step: what `claim`, `recordAttempt` and `recordDecision` write. */
function moved(world: World, decision: Decision): World {
  const { row } = world;
  const { progress, sentAt } = decision;
  return { ...world, row: { ...row, sentAt, invitation: { ...row.invitation, progress } } };
}

function claimed({ row, ...world }: World): World & { readonly row: Row } {
  return {
    ...world,
    begun: world.begun + 1,
    row: {
      ...row,
      attempts: row.attempts + 1,
      lastAttemptAt: world.now,
      sentAt: world.now,
      invitation: { ...row.invitation, progress: { state: 'sending', at: world.now } },
    },
  };
}

function ended(world: World, outcome: Outcome, decision: Decision): World {
  if (outcome.kind !== 'unclear') return moved(world, decision);
  const { row } = world;
  const counted: Row = {
    ...row,
    unclearAttempts: row.unclearAttempts + 1,
    unclearSince: row.unclearSince ?? row.lastAttemptAt,
    invitation: { ...row.invitation, mayHaveLeft: true },
  };
  return moved({ ...world, row: counted }, decision);
}

type Found = PartooAnswer<readonly KnownSend[]>;
/** The lists of the row's own business and, where another one must be searched, of that. */
type Search = { readonly name: string; readonly found: Found; readonly elsewhere?: Found };

/** Partoo's possible answers to a search. */
function searches(world: World): readonly Search[] {
  const down = { name: 'search is down', found: DOWN };
  if (world.search === 'never') return [down];
  const found = { ok: true, value: listed(world, 'own'), serverTime: undefined } as const;
  if (world.othersSendFor === 'own') return [{ name: 'search answers', found }, down];
  const elsewhere = { ok: true, value: listed(world, 'another'), serverTime: undefined } as const;
  return [
    { name: 'search answers', found, elsewhere },
    { name: 'search answers for one business', found, elsewhere: DOWN },
    down,
  ];
}

function ownSearches(world: World): readonly Search[] {
  return searches({ ...world, othersSendFor: 'own' });
}

const DOWN: Found = {
  ok: false,
  trouble: { kind: 'unreachable', cause: 'timeout' },
  serverTime: undefined,
};

function evidence(world: World, rules: Rules, { found, elsewhere }: Search) {
  const findByPartooId = (id: string) =>
    world.sms.some((sms) => sms.id === id && sms.claimed) ? ANOTHER_ROW : undefined;
  const own = rules.evidenceIn(found, { findByPartooId }, world.row);
  return elsewhere === undefined
    ? own
    : rules.withElsewhere(own, elsewhere, { findByPartooId }, world.row, 'another');
}

function send(world: World, rules: Rules): readonly Step[] {
  return [...claim(world, rules, world.now), ...jump(world, rules)];
}

/** After the probe and before the claim, the clock of the PC is set. */
function jump(before: World, rules: Rules): readonly Step[] {
  if (before.left.jumps === 0) return [];
  const world = { ...before, left: { ...before.left, jumps: before.left.jumps - 1 } };
  return JUMPS_MS.flatMap((byMs) => {
    const { clock, jumpsAtProbe } = clockThatJumps(byMs, world.now);
    return rules.isTimeStillValid(clock, jumpsAtProbe)
      ? claim(world, rules, world.now + byMs)
      : [{ name: 'the clock jumps, and the gate is passed again', world }];
  });
}

/** A clock that the probe has corrected, and that was set since. */
function clockThatJumps(byMs: number, now: number) {
  const wall = createFakeClock(now);
  const clock = createCorrectedClock({ clock: wall, highestSeenAt: now, keepHighest: () => {} });
  clock.learn(now, { startedMs: 0, endedMs: 0 });
  const jumpsAtProbe = clock.jumps();
  wall.jump(byMs);
  return { clock, jumpsAtProbe };
}

/** `now`: the time that the desk assumes. */
function claim(world: World, rules: Rules, now: number): readonly Step[] {
  const check = rules.check({
    row: world.row,
    now,
    lastSend: undefined,
    doNotContactSince: undefined,
    opensAt: now,
    outboxExpiryDays: EXPIRY_DAYS,
  });
  if (check.kind === 'not-now') {
    return [{ name: 'may not leave any more', world: moved(world, check.decision) }];
  }
  if (!rules.needsLook(world.row, world.gap, now)) return attempt(world, rules);
  return searches(world).flatMap((search) => searchFirst(world, rules, search, now));
}

function searchFirst(world: World, rules: Rules, search: Search, now: number): readonly Step[] {
  const looked = rules.judgeLook(world.row, evidence(world, rules, search), now);
  switch (looked.kind) {
    case 'send':
      return attempt({ ...world, overlooked: world.overlooked || isListed(world, now) }, rules);
    case 'not-now':
      return [{ name: 'an SMS that the list shows', world: moved(world, looked.decision) }];
    case 'no-answer':
      return [];
    default:
      return looked satisfies never;
  }
}

/** Whether another desk has sent an SMS in the ten days before `now` that no person had seen. */
function isListed({ sms }: World, now: number): boolean {
  return sms.some(({ id, at }) => id === 'others' && now - at < WINDOW_MS);
}

function attempt(before: World, rules: Rules): readonly Step[] {
  const world = claimed(before);
  const served = serve(world);
  const steps = [
    ...conclude('answered', served.world, rules, served.answer),
    ...conclude('its answer is lost', served.world, rules, { kind: 'unanswered', cause: 'reset' }),
    ...conclude('it is lost', world, rules, { kind: 'unanswered', cause: 'timeout' }),
    ...conclude('it is slow', takeOff(world), rules, { kind: 'unanswered', cause: 'timeout' }),
  ];
  if (before.left.failures > 0) {
    const left = { ...before.left, failures: before.left.failures - 1 };
    const unbegun = { ...world, begun: before.begun, left };
    steps.push(...conclude('no network', unbegun, rules, { kind: 'not-started', cause: 'dns' }));
  }
  if (before.left.crashes > 0) {
    steps.push(
      {
        name: 'dies before the first byte',
        world: dies(before, { ...world, begun: before.begun }, rules),
      },
      { name: 'dies before the answer', world: dies(before, served.world, rules) },
      { name: 'dies while it is slow', world: dies(before, takeOff(world), rules) },
    );
  }
  return steps;
}

/** The next start finds what is on disk: `sending`, or without that rule the row as it was. */
function dies(before: World, world: World, rules: Rules): World {
  const left = { ...before.left, crashes: before.left.crashes - 1 };
  if (rules.intent === 'after') return { ...world, left, row: before.row };
  const decision = rules.decideAfterAttempt({
    outcome: DIED,
    row: world.row,
    evidence: { kind: 'not-asked' },
    now: world.now,
    random: 0,
  });
  return ended({ ...world, left }, DIED, decision);
}

function conclude(name: string, world: World, rules: Rules, got: HttpResult): readonly Step[] {
  const outcome = rules.classify(got);
  const looks = needsEvidence(outcome, world.row)
    ? searches(world).map((search) => ({
        name: `${name}, ${search.name}`,
        evidence: evidence(world, rules, search),
      }))
    : [{ name, evidence: { kind: 'not-asked' } as const }];
  return looks.map((looked) => ({
    name: looked.name,
    world: ended(
      world,
      outcome,
      rules.decideAfterAttempt({
        outcome,
        row: world.row,
        evidence: looked.evidence,
        now: world.now,
        random: 0,
      }),
    ),
  }));
}

function look(world: World, rules: Rules): readonly Step[] {
  // Only a list of its own business proves a row: no other one is searched.
  return ownSearches(world).map((search) => {
    const { name } = search;
    const seen = evidence(world, rules, search);
    const decision = rules.decideUnconfirmed(world.row, seen, world.now, Number.POSITIVE_INFINITY);
    return { name, world: moved(world, decision) };
  });
}

function byPerson(world: World, rules: Rules): readonly Step[] {
  return (['cancel', 'leave', 'send-now', 'check-again'] as const).flatMap((move) => {
    const decision = rules.byHand(move, world.row, {
      now: world.now,
      opensAt: world.now,
    });
    if (decision === undefined) return [];
    const after = moved(world, decision);
    const isCalledOff = move === 'cancel' || move === 'leave';
    const next = isCalledOff ? { ...after, begunWhenCalledOff: world.begun } : after;
    return [{ name: `a person: ${move}`, world: next }];
  });
}

/** Claimed by another invitation, whichever it is: only the existence matters. */
const ANOTHER_ROW = aRow();
