import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeSession } from './support/take-session.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-sessions-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('gives each of the test files that run at the same time its own session', async () => {
  const folder = aFolder();
  const taken = await Promise.all([1, 2, 3].map(() => takeSession(folder, 3)));
  expect(new Set(taken.map(({ index }) => index))).toEqual(new Set([0, 1, 2]));
});

test('waits for a session that another file still uses', async () => {
  const folder = aFolder();
  const first = await takeSession(folder, 1);
  const second = takeSession(folder, 1);
  first.release();
  expect((await second).index).toBe(0);
});
