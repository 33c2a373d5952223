import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeBackup } from '../../../electron/store/file/backups.ts';
import { checkCopy } from '../../../electron/store/file/check-copy.ts';
import {
  openLiveDatabase,
  type LiveDatabaseParts,
} from '../../../electron/store/file/open-live-database.ts';
import type { Store } from '../../../electron/store/store.ts';
import { NINE } from './row.ts';
import { temporaryFolder } from './store.ts';

/** The files of a live database in a folder of their own, and what a test does to them. */
export function aLiveDatabase(changes: Partial<LiveDatabaseParts> = {}) {
  const folder = join(temporaryFolder(), 'data');
  let now = NINE;
  const files: LiveDatabaseParts = {
    path: join(folder, 'deskbell.db'),
    sentinel: join(folder, 'log-memory.json'),
    startRecords: join(dirname(folder), 'records'),
    backups: join(folder, 'backups'),
    reservedSpace: join(folder, 'room-to-write'),
    now: () => now,
    onBadRow: (row) => {
      throw new Error(`${row.table} ${row.key} cannot be read: ${row.why}`);
    },
    checkCopy: async (path) => checkCopy(path),
    pause: async () => {},
    ...changes,
  };
  const tryOpen = async () => {
    const opening = await openLiveDatabase(files);
    if (opening.kind === 'open') onTestFinished(() => opening.store.close());
    return opening;
  };
  const open = async (): Promise<Store> => {
    const opening = await tryOpen();
    if (opening.kind !== 'open') throw new Error(`${opening.why}: ${opening.detail}`);
    return opening.store;
  };
  return {
    files,
    folder,
    tryOpen,
    open,
    passTime: (forMs: number) => {
      now += forMs;
    },
    now: () => now,
    backUp: (store: Store, why: 'daily' | 'before-restore' = 'daily') =>
      makeBackup({ ...files, folder: files.backups }, store, why),
    /** The files beside the database that hold unusable ones. */
    setAside: () => readdirSync(folder).filter((name) => name.includes('.corrupt-')),
    /** The process dies: the journal stays, and nothing is closed. */
    kill: (store: Store) => {
      const kept = ['', '-wal'].map((beside) => readFileSync(`${files.path}${beside}`));
      const sentinel = readFileSync(files.sentinel);
      const records = readdirSync(files.startRecords).map((name) => {
        const path = join(files.startRecords, name);
        return { path, bytes: readFileSync(path) };
      });
      store.close();
      for (const { path, bytes } of records) writeFileSync(path, bytes);
      for (const [at, beside] of ['', '-wal'].entries())
        writeFileSync(`${files.path}${beside}`, kept[at] ?? '');
      writeFileSync(files.sentinel, sentinel);
      rmSync(`${files.path}-shm`, { force: true });
    },
  };
}
