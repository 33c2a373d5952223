import { expect, test } from 'vitest';
import { createSchedule, type ScheduleParts } from '../../../electron/sharing/schedule.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { NINE } from '../../support/builders/row.ts';

/** A schedule whose hellos are counted. */
function counted(changes: Partial<ScheduleParts>) {
  const clock = createFakeClock(NINE);
  const bugs: unknown[] = [];
  const said = { hellos: 0 };
  const schedule = createSchedule({
    clock,
    random: () => 0.5,
    hello: async () => {
      said.hellos += 1;
      return true;
    },
    shareChanges: async () => {},
    pollMs: () => undefined,
    isSilent: () => false,
    onApart: () => {},
    reportBug: (error) => bugs.push(error),
    ...changes,
  });
  schedule.hello(0);
  return { clock, schedule, said, bugs };
}

test.each([
  ['more often than a server bears', 0, 3],
  ['so rarely that the others take its invitations over', 2 ** 40, 1],
])('[row 293] a desk that is told to say hello %s does not', async (_how, pollMs, hellos) => {
  const { clock, said, schedule } = counted({ pollMs: () => pollMs });
  await clock.advance(11 * SECOND_MS);
  expect(said.hellos).toBe(hellos);
  await clock.advance(5 * MINUTE_MS);
  expect(said.hellos).toBeGreaterThan(hellos);
  await schedule.stop();
});

test('[row 298] a database that cannot be read when the desk becomes apart stops no sending', async () => {
  let isSilent = false;
  const { clock, schedule, bugs } = counted({
    isSilent: () => isSilent,
    onApart: () => {
      throw new Error('the disk cannot be read');
    },
  });
  isSilent = true;
  schedule.silenceChanged();
  await clock.advance(MINUTE_MS);
  expect(bugs).toHaveLength(1);
  await schedule.stop();
});
