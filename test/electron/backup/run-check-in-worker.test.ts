import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { runCheckInWorker } from '../../../electron/backup/run-check-in-worker.ts';

/** Runs a check with this script instead of the real one, and returns its thread too. */
async function check(script: string, signal?: AbortSignal, patienceMs?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'check.cjs');
  writeFileSync(file, script);
  const started = new Promise<Worker>((resolve) => void process.once('worker', resolve));
  const checked = runCheckInWorker(file, patienceMs)('a file', signal);
  const worker = await started;
  await new Promise<void>((resolve) => void worker.once('online', () => resolve()));
  return { worker, checked };
}

// Outside JavaScript, as a query of SQLite is: the thread cannot be interrupted there.
const sleep = (seconds: string) =>
  `require('node:child_process').execFileSync('sleep', ['${seconds}']);`;
const ANSWER =
  "require('node:worker_threads').parentPort.postMessage({ kind: 'sound', invitations: 1 });";

test('[row 311] a check ends with its thread, not before', async () => {
  const { worker, checked } = await check(ANSWER + sleep('0.3'));
  expect(await checked).toEqual({ kind: 'sound', invitations: 1 });
  // Node gives this number to threads that have ended.
  expect(worker.threadId).toBe(-1);
});

test('[row 311] a check that is stopped ends with its thread, not before', async () => {
  const stopping = new AbortController();
  const { worker, checked } = await check(sleep('0.3') + ANSWER, stopping.signal);
  stopping.abort();
  expect(await checked).toEqual({ kind: 'failed', code: 'STOPPED' });
  expect(worker.threadId).toBe(-1);
});

test('[row 311] a check of a very large file does not keep Deskbell from ending', async () => {
  const stopping = new AbortController();
  const { worker, checked } = await check(sleep('1'), stopping.signal, 10);
  stopping.abort();
  expect(await checked).toEqual({ kind: 'failed', code: 'STOPPED' });
  expect(worker.threadId).not.toBe(-1);
  await new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
});
