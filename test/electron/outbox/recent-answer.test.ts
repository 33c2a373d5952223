import { describe, expect, test } from 'vitest';
import { createCorrectedClock } from '../../../electron/outbox/corrected-clock.ts';
import { createRecentAnswer } from '../../../electron/outbox/recent-answer.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { aCourier, no, yes, NO_NETWORK } from '../../support/builders/courier.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';

/** A clock whose time Partoo has confirmed. */
function aConfirmedClock() {
  const wall = createFakeClock(NINE);
  const clock = createCorrectedClock({
    clock: wall,
    highestSeenAt: undefined,
    keepHighest: () => {},
  });
  clock.learn(NINE, { startedMs: 0, endedMs: 0 });
  return { wall, recentAnswer: createRecentAnswer(clock) };
}

/** A courier that has probed and sent one invitation just now. */
async function aCourierThatHasSent() {
  const world = aCourier();
  world.vendor.probe = () => ({ ...yes('reachable'), serverTime: world.clock.now() });
  let customers = 0;
  const send = async (): Promise<void> => {
    world.insert(aRow({ phone: aPhone(customers) }));
    customers += 1;
    await world.wake();
  };
  await send();
  expect(world.count('probe')).toBe(1);
  return { ...world, send };
}

describe('[row 264] a recent answer', () => {
  test('is fresh for 30 seconds', async () => {
    const { wall, recentAnswer } = aConfirmedClock();
    expect(recentAnswer.isFresh()).toBe(false);
    recentAnswer.note();
    await wall.advance(30 * SECOND_MS);
    expect(recentAnswer.isFresh()).toBe(true);
    await wall.advance(1);
    expect(recentAnswer.isFresh()).toBe(false);
  });

  test('is not fresh after a failure, a clock change or a short sleep of the PC', () => {
    const { wall, recentAnswer } = aConfirmedClock();
    recentAnswer.note();
    recentAnswer.forget();
    expect(recentAnswer.isFresh()).toBe(false);
    recentAnswer.note();
    wall.jump(2 * MINUTE_MS);
    expect(recentAnswer.isFresh()).toBe(false);
    recentAnswer.note();
    wall.jump(-DAY_MS);
    expect(recentAnswer.isFresh()).toBe(false);
  });

  test('is never fresh while Partoo has not confirmed the time', () => {
    const clock = createCorrectedClock({
      clock: createFakeClock(NINE),
      highestSeenAt: undefined,
      keepHighest: () => {},
    });
    const recentAnswer = createRecentAnswer(clock);
    recentAnswer.note();
    expect(recentAnswer.isFresh()).toBe(false);
  });
});

describe('[row 264] a flush with a due invitation', () => {
  test('is sent without a probe within 30 seconds of a check while typing', async () => {
    const { clock, courier, send, count } = await aCourierThatHasSent();
    await clock.advance(10 * MINUTE_MS);
    courier.outsideAnswered();
    await clock.advance(30 * SECOND_MS);
    await send();
    expect(count('send')).toBe(2);
    expect(count('probe')).toBe(1);
  });

  test('is probed for more than 30 seconds after the check', async () => {
    const { clock, courier, send, count } = await aCourierThatHasSent();
    courier.outsideAnswered();
    await clock.advance(30 * SECOND_MS + 1);
    await send();
    expect(count('probe')).toBe(2);
  });

  test('is probed for after a flush: its answers say nothing about the network of the next one', async () => {
    const { clock, send, count } = await aCourierThatHasSent();
    await clock.advance(SECOND_MS);
    await send();
    expect(count('probe')).toBe(2);
  });

  test('probes again after a send without an answer', async () => {
    const { clock, courier, vendor, send, count } = await aCourierThatHasSent();
    vendor.send = () => ({ kind: 'not-sent', cause: 'dns' });
    courier.outsideAnswered();
    await send();
    expect(count('probe')).toBe(1);
    vendor.probe = () => NO_NETWORK;
    await clock.advance(10 * SECOND_MS);
    expect(count('send')).toBe(2);
    expect(count('probe')).toBeGreaterThan(1);
  });

  test('probes again after a pause that Partoo asked for during typing', async () => {
    const { clock, courier, vendor, send, count } = await aCourierThatHasSent();
    courier.outsideAnswered();
    courier.pauseFor(SECOND_MS);
    vendor.probe = () => no({ kind: 'busy', pauseMs: MINUTE_MS });
    await clock.advance(20 * SECOND_MS);
    await send();
    expect(count('probe')).toBe(2);
    expect(count('send')).toBe(1);
  });

  test('probes again after the clock was set', async () => {
    const { clock, courier, send, count } = await aCourierThatHasSent();
    courier.outsideAnswered();
    clock.jump(10 * MINUTE_MS);
    await send();
    expect(count('probe')).toBe(2);
  });

  test('always probes when a person asks for it', async () => {
    const { courier, wake, count } = await aCourierThatHasSent();
    courier.outsideAnswered();
    await wake('person');
    expect(count('probe')).toBe(2);
  });
});
