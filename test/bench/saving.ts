import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ratioLine, type Line } from './line.ts';
import { openLocalApp } from './local-app.ts';
import { unknownPhone, type Databases } from './databases.ts';
import { quantile } from './statistics.ts';

const ROWS = 100_000;
/** All runs together stay below the save limit. */
const PER_RUN = 60;

/** How long a form waits for "saved", against one durable row on this disk. */
export async function measureSaving(databases: Databases, runs: number): Promise<readonly Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-saving-'));
  await databases.putInto(folder, ROWS);
  const local = await openLocalApp(folder, { undoSeconds: 60 });
  const raw = rawDatabase(join(folder, 'raw.db'));
  try {
    const pairs = [];
    let nth = 0;
    for (let run = 0; run <= runs; run += 1) {
      const ours: number[] = [];
      const limit: number[] = [];
      for (let row = 0; row < PER_RUN; row += 1) {
        nth += 1;
        const phone = `+33${unknownPhone(nth).slice(1)}`;
        limit.push(await timed(() => raw.insert(phone)));
        ours.push(await timed(() => local.save(phone)));
      }
      if (run > 0) pairs.push({ ours: quantile(ours, 0.95), limit: quantile(limit, 0.95) });
    }
    return [
      ratioLine({
        what: 'Enter → reply that it is saved, p95, 100,000 rows',
        unit: 'ms',
        limit: 'a raw INSERT, synchronous=FULL',
        pairs,
        goal: 2,
      }),
    ];
  } finally {
    raw.close();
    await local.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One table without an index, and the same durability. */
function rawDatabase(path: string) {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(
    'CREATE TABLE invitation (id TEXT, token TEXT, phone TEXT, name TEXT, queued_at INTEGER)',
  );
  const statement = db.prepare('INSERT INTO invitation VALUES (?, ?, ?, ?, ?)');
  return {
    insert: (phone: string): void => {
      statement.run(randomUUID(), randomUUID(), phone, 'Marie Dupont', Date.now());
    },
    close: () => db.close(),
  };
}

/** How long some work takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
