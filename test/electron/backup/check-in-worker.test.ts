import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { checkInWorker } from '../../../electron/backup/check-in-worker.ts';

test('[row 311] a check that is stopped ends with its thread, not before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = join(folder, 'slow.cjs');
  // Outside JavaScript, as a query of SQLite is: the thread cannot be interrupted there.
  writeFileSync(script, "require('node:child_process').execFileSync('sleep', ['0.3'])");
  const started = new Promise<Worker>((resolve) => void process.once('worker', resolve));
  const stopping = new AbortController();
  const checked = checkInWorker(script)('a file', stopping.signal);
  const worker = await started;
  await new Promise<void>((resolve) => void worker.once('online', () => resolve()));
  stopping.abort();
  expect(await checked).toEqual({ kind: 'failed', code: 'STOPPED' });
  // Node gives this number to threads that have ended.
  expect(worker.threadId).toBe(-1);
});
