import { describe, expect, test } from 'vitest';
import {
  createManager,
  createManagerSession,
  IDLE_MS,
  waitAfter,
  type Manager,
} from '../../../electron/settings/manager-session.ts';
import type { Store } from '../../../electron/store/store.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { NINE } from '../../support/builders/row.ts';
import { newPath, open, tamper } from '../../support/builders/store.ts';

const RIGHT = '4711';
const WRONG = '0815';

/** One run of the application on a database. */
function run(store: Store) {
  const clock = createFakeClock(NINE);
  let relocked = 0;
  const session = createManagerSession({
    clock,
    onRelock: () => {
      relocked += 1;
    },
  });
  const manager = createManager({ pins: store, session, note: () => {} });
  return { clock, manager, relocked: () => relocked };
}

async function aLockedManager() {
  const path = newPath();
  const store = open(path);
  const opened = run(store);
  await opened.manager.save(null, RIGHT);
  opened.manager.lock();
  return { ...opened, store, path };
}

async function guess(manager: Manager, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await manager.check(WRONG);
}

test('without a PIN every person is a manager', async () => {
  const { manager } = run(open(newPath()));
  expect(manager.standing()).toEqual({ kind: 'none' });
  expect(manager.isAtWork()).toBe(true);
  expect(await manager.unlock(WRONG)).toEqual({ kind: 'none' });
});

test('the PIN is stored as a salted hash', async () => {
  const { store, path } = await aLockedManager();
  const first = store.readPin();
  await run(store).manager.save(RIGHT, RIGHT);
  const second = store.readPin();
  expect(first).toMatchObject({ cost: 32_768, blockSize: 8, parallelism: 3, wrongTries: 0 });
  expect(first?.salt).not.toEqual(second?.salt);
  expect(first?.hash).not.toEqual(second?.hash);
  store.close();
  const texts = tamper(path, (db) =>
    db.prepare('SELECT quote(hash) || quote(salt) FROM manager_pin').pluck().all(),
  );
  expect(texts).toHaveLength(1);
});

describe('with a PIN', () => {
  test('Settings unlock with the PIN, until they are left', async () => {
    const { manager } = await aLockedManager();
    expect(manager.isAtWork()).toBe(false);
    expect(await manager.unlock(WRONG)).toEqual({ kind: 'wrong', waitSeconds: 0 });
    expect(manager.isAtWork()).toBe(false);
    expect(await manager.unlock(RIGHT)).toEqual({ kind: 'right' });
    expect(manager.standing()).toEqual({ kind: 'unlocked' });
    expect(manager.isAtWork()).toBe(true);
    manager.lock();
    expect(manager.isAtWork()).toBe(false);
  });

  test('Settings lock when idle, and each action restarts the timer', async () => {
    const { manager, clock, relocked } = await aLockedManager();
    await manager.unlock(RIGHT);
    await clock.advance(IDLE_MS - SECOND_MS);
    expect(manager.isAtWork()).toBe(true);
    await clock.advance(IDLE_MS - SECOND_MS);
    expect(manager.standing()).toEqual({ kind: 'unlocked' });
    await clock.advance(SECOND_MS);
    expect(manager.standing()).toEqual({ kind: 'locked', waitSeconds: 0 });
    expect(relocked()).toBe(1);
  });

  test('checking the PIN for one action does not unlock anything else', async () => {
    const { manager } = await aLockedManager();
    expect(await manager.check(RIGHT)).toEqual({ kind: 'right' });
    expect(manager.isAtWork()).toBe(false);
  });

  test('changing or removing the PIN needs the PIN', async () => {
    const { manager } = await aLockedManager();
    expect(await manager.save(null, '1111')).toMatchObject({ kind: 'wrong' });
    expect(await manager.remove(WRONG)).toMatchObject({ kind: 'wrong' });
    expect(await manager.save(RIGHT, '1111')).toEqual({ kind: 'right' });
    expect(await manager.check('1111')).toEqual({ kind: 'right' });
    expect(await manager.remove('1111')).toEqual({ kind: 'right' });
    expect(manager.standing()).toEqual({ kind: 'none' });
  });
});

describe('wrong tries', () => {
  test.each([
    [0, 0],
    [2, 0],
    [3, 5 * SECOND_MS],
    [4, 10 * SECOND_MS],
    [6, 40 * SECOND_MS],
    [11, 15 * MINUTE_MS],
    [10_000, 15 * MINUTE_MS],
  ])('%i of them cost %i ms', (tries, ms) => {
    expect(waitAfter(tries)).toBe(ms);
  });

  test('[row 225] delay everybody, and an unchecked PIN is not called wrong', async () => {
    const { manager, clock } = await aLockedManager();
    await guess(manager, 3);
    expect(manager.standing()).toEqual({ kind: 'locked', waitSeconds: 5 });
    expect(await manager.unlock(RIGHT)).toEqual({ kind: 'too-early', waitSeconds: 5 });
    await clock.advance(5 * SECOND_MS);
    expect(await manager.unlock(RIGHT)).toEqual({ kind: 'right' });
    await guess(manager, 1);
    expect(manager.standing()).toEqual({ kind: 'unlocked' });
  });

  test('survive a restart and a change of the clock', async () => {
    const { manager, store } = await aLockedManager();
    await guess(manager, 3);
    const again = run(store);
    again.clock.jump(24 * HOUR_MS);
    expect(await again.manager.check(RIGHT)).toEqual({ kind: 'too-early', waitSeconds: 5 });
    again.clock.jump(-48 * HOUR_MS);
    expect(await again.manager.check(RIGHT)).toEqual({ kind: 'too-early', waitSeconds: 5 });
    await again.clock.advance(5 * SECOND_MS);
    await guess(again.manager, 1);
    expect(again.manager.standing()).toEqual({ kind: 'locked', waitSeconds: 10 });
  });

  test('count one by one when they come at once, before they are checked', async () => {
    const { manager, store } = await aLockedManager();
    const tries = Array.from({ length: 50 }, () => manager.check(WRONG));
    tries.push(manager.check(RIGHT));
    const results = await Promise.all(tries);
    expect(results.filter(({ kind }) => kind === 'right')).toEqual([]);
    expect(store.readPin()?.wrongTries).toBe(3);
  });
});
