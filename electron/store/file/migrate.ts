import { closeSync, fsyncSync, openSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { EpochMs } from '../../../shared/time.ts';
import { removeFile, renameFile } from '../../files/rename-and-remove.ts';

/**
 * 'DskB': distinguishes Deskbell's databases from all others. https://www.sqlite.org/pragma.html#pragma_application_id
 */
export const APPLICATION_ID = 0x44736b42;

export type Migration = {
  /** The `user_version` after this migration. */
  readonly version: number;
  /** Runs inside the transaction of all pending migrations, with foreign keys off. */
  readonly up: (db: Database.Database, parts: { readonly now: () => EpochMs }) => void;
};

type MigrateParts = {
  readonly path: string;
  readonly now: () => EpochMs;
  /** In increasing order. */
  readonly migrations: readonly Migration[];
};

/**
 * Migrates the tables to the last of `migrations`, in one transaction: a crash in the middle leaves the old tables. A
 * database with content is first copied to `<path>.before-v<N>`, N being the first pending version. Throws errors of
 * SQLite or a migration; nothing was changed then. The caller has refused newer databases.
 */
export function migrate(db: Database.Database, parts: MigrateParts): void {
  const from = readVersion(db);
  const pending = parts.migrations.filter(({ version }) => version > from);
  const first = pending.at(0);
  const last = pending.at(-1);
  if (first === undefined || last === undefined) return;

  if (from > 0) copyAside(db, `${parts.path}.before-v${first.version}`);

  // Off only while tables may be rebuilt; the pragma has no effect inside a transaction.
  db.pragma('foreign_keys = OFF');
  db.transaction(() => {
    for (const migration of pending) migration.up(db, parts);
    assertNoOrphans(db);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${last.version}`);
  }).immediate();
  db.pragma('foreign_keys = ON');
  // Writes the tables into the file itself: losing the journal beside it must not lose them.
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** The number of the last migration of this database; 0 for an empty one. */
export function readVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function assertNoOrphans(db: Database.Database): void {
  const orphans = db.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get();
  if (orphans !== 0) throw new Error('A migration left rows that refer to nothing');
}

/** Copies the whole database or nothing: the copy gets its final name only when it is complete on disk. */
function copyAside(db: Database.Database, target: string): void {
  const unfinished = `${target}.unfinished`;
  removeFile(unfinished);
  try {
    // Created here, because SQLite would make it readable for every user of the PC.
    const file = openSync(unfinished, 'wx', 0o600);
    try {
      db.prepare('VACUUM INTO ?').run(unfinished);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameFile(unfinished, target);
  } finally {
    removeFile(unfinished);
  }
}
