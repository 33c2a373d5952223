import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { BadRow } from '../../../electron/store/rows/bad-row.ts';
import { openStore, type StoreOpening } from '../../../electron/store/file/open-store.ts';
import type { Store } from '../../../electron/store/store.ts';
import { NINE } from './row.ts';

/** A temporary folder for the running test, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-store-'));
  // Other users may traverse it: some tests open the database as one of them.
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A path for a database that does not exist yet. */
export function newPath(): string {
  return join(temporaryFolder(), 'data', 'deskbell.db');
}

/** Opens as the application does; closed after the test at the latest. */
export function tryOpen(path: string, onBadRow: (row: BadRow) => void = throwBadRow): StoreOpening {
  const opening = openStore({ path, now: () => NINE, onBadRow });
  if (opening.kind === 'open') onTestFinished(() => opening.store.close());
  return opening;
}

/** Opens a database that must open. */
export function open(path: string, onBadRow?: (row: BadRow) => void): Store {
  const opening = tryOpen(path, onBadRow);
  if (opening.kind !== 'open') throw new Error(`${opening.why}: ${opening.detail}`);
  return opening.store;
}

/** Changes the file outside the store, while no store is open. */
export function tamper<T>(path: string, work: (db: Database.Database) => T): T {
  const db = new Database(path);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function throwBadRow(row: BadRow): never {
  throw new Error(`${row.table} ${row.key} cannot be read: ${row.why}`);
}
