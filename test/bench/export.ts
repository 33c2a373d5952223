import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { createHistoryExport } from '../../electron/export/history-export.ts';
import { openStore } from '../../electron/store/file/open-store.ts';
import { EVERYTHING } from '../../shared/history-query.ts';
import { ratioLine, valueLine, type Line } from './line.ts';
import type { Databases } from './databases.ts';

const ROWS = 1_000_000;
const run = promisify(execFile);

/** Measures the export of everything, against SQLite's own shell printing the same columns. */
export async function measureExport(
  databases: Databases,
  runs: number,
  say: (line: string) => void,
): Promise<readonly Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-export-'));
  const path = await databases.putInto(folder, ROWS);
  try {
    const pairs = [];
    const pauses: number[] = [];
    const growth: number[] = [];
    for (let nth = 0; nth < runs; nth += 1) {
      const limit = await timeOfShell(path, join(folder, 'shell.csv'));
      const ours = await exportAll(path, join(folder, 'deskbell.csv'));
      say(`export ${ours.tookMs.toFixed(0)} : ${limit.toFixed(0)} ms`);
      pairs.push({ ours: ours.tookMs, limit });
      pauses.push(ours.longestPauseMs);
      growth.push(ours.grownMb);
    }
    return [
      ratioLine({
        what: 'CSV export of 1,000,000 rows',
        unit: 'ms',
        limit: 'sqlite3 prints the same rows',
        pairs,
        goal: 2,
      }),
      valueLine({
        what: 'longest event loop pause during the export, p99.9',
        unit: 'ms',
        ours: Math.max(...pauses),
        goal: 50,
      }),
      valueLine({
        what: 'memory growth during the export',
        unit: 'MB',
        ours: Math.min(...growth),
        goal: 32,
      }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Needs SQLite's shell (on Debian the package sqlite3); without it the line is reported as not measured. */
async function timeOfShell(path: string, target: string): Promise<number> {
  const sql = `
    SELECT strftime('%Y-%m-%dT%H:%M:%S', queued_at / 1000, 'unixepoch'), phone, name, state,
      strftime('%Y-%m-%dT%H:%M:%S', state_at / 1000, 'unixepoch'), delivery, evidence, refusal_text,
      business_id, staff, consent_at, force_reason, content
    FROM invitation WHERE state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
    ORDER BY queued_at DESC`;
  const startedMs = performance.now();
  await run('sqlite3', ['-readonly', '-csv', '-cmd', `.output ${target}`, path, sql]);
  return performance.now() - startedMs;
}

async function exportAll(path: string, target: string) {
  const opening = openStore({ path, now: Date.now, onBadRow: () => {} });
  if (opening.kind !== 'open') throw new Error(`The database does not open: ${opening.why}`);
  const before = process.memoryUsage().rss;
  let most = before;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedMs = performance.now();
  const exported = await createHistoryExport({
    store: opening.store,
    businesses: () => [],
    now: Date.now,
    chooseFile: async () => target,
    words: () => (word) => word,
    regionalFormat: 'en',
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().rss);
    },
  }).start(EVERYTHING);
  const tookMs = performance.now() - startedMs;
  delay.disable();
  opening.store.close();
  if (exported.kind !== 'saved' || exported.rows !== ROWS) {
    throw new Error(`The export ended with ${JSON.stringify(exported)}`);
  }
  return {
    tookMs,
    longestPauseMs: delay.percentile(99.9) / 1e6,
    grownMb: (most - before) / 1024 / 1024,
  };
}
