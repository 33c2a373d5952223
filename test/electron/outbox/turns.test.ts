import { expect, test } from 'vitest';
import type { SitePort } from '../../../electron/outbox/site-port.ts';
import { createTurns } from '../../../electron/outbox/turns.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { createFakeClock, ticks } from '../../support/clock.ts';
import { deferred } from '../../support/builders/courier.ts';
import { NINE } from '../../support/builders/row.ts';

type Answer = Awaited<ReturnType<SitePort['takeTurns']>>;

/** The turns of a courier at a joined desk, and what stops them. */
function joinedTurns(takeTurns: SitePort['takeTurns']) {
  const clock = createFakeClock(NINE);
  const stop = { stopping: false, pausedMs: 0 };
  const turns = createTurns({
    clock,
    rateLimiter: { take: () => ({ taken: true }) },
    pause: { leftMs: () => stop.pausedMs },
    site: { takeTurns },
    isStopping: () => stop.stopping,
  });
  return { clock, stop, turns };
}

test.each([
  ['Deskbell quits', { stopping: true, pausedMs: 0 }],
  ['Partoo asks for a pause', { stopping: false, pausedMs: HOUR_MS }],
])('[row 295] a turn is given up when %s while the site database is asked', async (_when, next) => {
  const answer = deferred<Answer>();
  const { stop, turns } = joinedTurns(() => answer.promise);
  const taken = turns.takeTurn('search', 1);
  await ticks();
  Object.assign(stop, next);
  turns.endTurn();
  answer.resolve({ waitMs: HOUR_MS });
  expect(await taken).toBe('stopped');
});

test('[row 295] a long wait is asked about again each minute', async () => {
  const answers: Answer[] = [{ waitMs: HOUR_MS }, { waitMs: HOUR_MS }, 'go'];
  const { clock, turns } = joinedTurns(async () => answers.shift() ?? 'go');
  let end: string | undefined;
  void turns.takeTurn('search', 1).then((taken) => (end = taken));
  await clock.advance(MINUTE_MS);
  expect(end).toBeUndefined();
  await clock.advance(MINUTE_MS);
  expect(end).toBe('go');
});
