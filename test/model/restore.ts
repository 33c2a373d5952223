import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Row } from '../../electron/outbox/store-port.ts';
import { INVITATION_SQL } from '../../electron/store/tables/invitations.ts';
import { migrate } from '../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../electron/store/migrations/index.ts';
import { salvageEnds } from '../../electron/store/restore/replaced-states.ts';
import { toColumns } from '../../electron/store/rows/row-mapping.ts';
import { createStore } from '../../electron/store/store.ts';
import type { EpochMs } from '../../shared/time.ts';
import { NINE } from '../support/builders/row.ts';

/** The result of a restore for one row. */
export type Restore = (at: {
  /** The row in the backup; undefined: it was typed afterwards. */
  readonly backup: Row | undefined;
  /** The row in the current database; undefined: the database is lost. */
  readonly current: Row | undefined;
  /** A person replaces the intact database, or it is damaged and read as far as possible. */
  readonly database: 'whole' | 'damaged';
  readonly from: EpochMs;
  readonly to: EpochMs;
}) => Row;

/** Restores as the store does, each different case once. */
export function openRestores(): { readonly restore: Restore; readonly close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-model-'));
  const path = join(folder, 'current.db');
  const [backup, current] = [openDatabase(':memory:'), openDatabase(path)];
  const done = new Map<string, Row>();
  const restore: Restore = (at) => {
    const id = (at.backup ?? at.current)?.invitation.id ?? '';
    const gap = { why: 'restored', from: at.from, to: at.to } as const;
    backup.hold(at.backup);
    current.hold(at.current);
    const open = backup.store.listOpenIds();
    if (at.database === 'whole') {
      const told = backup.store.applyReplacedState(current.store.readReplacedState(open));
      backup.store.doubt(gap, { only: open.filter((one) => !told.includes(one)) });
      backup.store.carryOver(path);
    } else {
      backup.store.applyReplacedState(salvageEnds([path], open));
      backup.store.carryOver(path);
      backup.store.doubt(gap);
    }
    const row = backup.store.readRow(id);
    if (row === undefined) throw new Error('the row has vanished');
    return row;
  };
  return {
    restore: (at) => {
      const key = JSON.stringify([
        at.backup ?? null,
        at.current ?? null,
        at.database,
        at.from,
        at.to,
      ]);
      const row = done.get(key) ?? restore(at);
      done.set(key, row);
      return row;
    },
    close: () => {
      for (const { db } of [backup, current]) db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function openDatabase(path: string) {
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  db.pragma('journal_mode = MEMORY');
  migrate(db, { path, now: () => NINE, migrations: MIGRATIONS });
  const insert = db.prepare(INVITATION_SQL.insert);
  const clear = db.prepare('DELETE FROM invitation');
  const store = createStore(db, { onBadRow: () => {} });
  const hold = db.transaction((row: Row | undefined): void => {
    clear.run();
    if (row !== undefined) insert.run({ ...toColumns(row), folded: null });
  });
  return { db, store, hold };
}
