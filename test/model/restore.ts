import Database from 'better-sqlite3';
import type { Row } from '../../electron/outbox/row.ts';
import { INVITATION_SQL } from '../../electron/store/invitations.ts';
import { migrate } from '../../electron/store/migrate.ts';
import { MIGRATIONS } from '../../electron/store/migrations/index.ts';
import { toColumns } from '../../electron/store/rows.ts';
import { createStore } from '../../electron/store/store.ts';
import type { EpochMs } from '../../shared/time.ts';
import { NINE } from '../electron/store/a-row.ts';

/** What becomes of the row of a backup when it is restored. */
export type Restore = (at: {
  /** The row as the backup has it. */
  readonly backup: Row;
  /** The row as the log has it now; undefined: the log is lost. */
  readonly current: Row | undefined;
  readonly from: EpochMs;
  readonly to: EpochMs;
}) => Row;

/** Restores as the real log does it, each different one once. */
export function openRestores(): { readonly restore: Restore; readonly close: () => void } {
  const [backup, current] = [openLog(), openLog()];
  const done = new Map<string, Row>();
  const restore: Restore = (at) => {
    backup.hold(at.backup);
    let told: readonly string[] = [];
    if (at.current !== undefined) {
      current.hold(at.current);
      told = backup.store.applyReplacedState(
        current.store.readReplacedState(backup.store.listOpenIds()),
      );
    }
    backup.store.doubt({ why: 'restored', from: at.from, to: at.to }, { told });
    const row = backup.store.readRow(at.backup.invitation.id);
    if (row === undefined) throw new Error('the row has vanished');
    return row;
  };
  return {
    restore: (at) => {
      const key = JSON.stringify([at.backup, at.current ?? null, at.from, at.to]);
      const row = done.get(key) ?? restore(at);
      done.set(key, row);
      return row;
    },
    close: () => {
      for (const { db } of [backup, current]) db.close();
    },
  };
}

function openLog() {
  const db = new Database(':memory:');
  migrate(db, { path: ':memory:', now: () => NINE, migrations: MIGRATIONS });
  const insert = db.prepare(INVITATION_SQL.insert);
  const clear = db.prepare('DELETE FROM invitation');
  const store = createStore(db, { onBadRow: () => {} });
  const hold = (row: Row): void => {
    clear.run();
    insert.run({ ...toColumns(row), folded: null });
  };
  return { db, store, hold };
}
