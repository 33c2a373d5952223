import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTurn } from '../../../build/setup/lock.mjs';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskbell-turn-'));
  lock = join(folder, 'set-up.lock');
});
afterEach(() => rm(folder, { recursive: true }));

const { signal } = new AbortController();

test('runs one at a time: the second waits, says so once, and runs afterwards', async () => {
  const events: string[] = [];
  const say = () => events.push('waits');
  const { promise: release, resolve: open } = openDoor();
  const first = inTurn(lock, { say, signal }, async () => {
    events.push('first begins');
    await release;
    events.push('first ends');
  });
  await expect.poll(() => events).toEqual(['first begins']);
  const second = inTurn(lock, { say, signal }, () => {
    events.push('second');
    return Promise.resolve();
  });
  await expect.poll(() => events).toContain('waits');
  open();
  await Promise.all([first, second]);
  expect(events).toEqual(['first begins', 'waits', 'first ends', 'second']);
  expect(await readdir(folder)).toEqual([]);
});

test('takes over the lock of a process that has ended', async () => {
  await writeFile(lock, String(spawnSync(process.execPath, ['-e', '']).pid));
  const say = () => expect.unreachable('waited for nobody');
  expect(await inTurn(lock, { say, signal }, () => Promise.resolve('done'))).toBe('done');
});

test('releases the lock when the work fails', async () => {
  const failure = new Error('no network');
  const say = () => expect.unreachable('waited for nobody');
  await expect(inTurn(lock, { say, signal }, () => Promise.reject(failure))).rejects.toBe(failure);
  expect(await readdir(folder)).toEqual([]);
});

test('can be interrupted while it waits', async () => {
  await writeFile(lock, String(process.pid));
  const interruption = new AbortController();
  const work = () => expect.unreachable('had no turn');
  const waiting = inTurn(
    lock,
    { say: () => interruption.abort(), signal: interruption.signal },
    work,
  );
  await expect(waiting).rejects.toThrow('aborted');
});

function openDoor() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
