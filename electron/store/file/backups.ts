import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BACKUPS_KEPT_DAYS, type Backup } from '../../../shared/backup.ts';
import { DAY_MS, type EpochMs } from '../../../shared/time.ts';
import {
  removeFile,
  renameFile,
  renameFileAsync,
  tryToRemoveFile,
} from '../../files/rename-and-remove.ts';
import type { CheckCopy, CopyCheck } from './check-copy.ts';
import type { Store } from '../store.ts';

const MOST_DAYS = 7;
/** Kept backups of the newest day; each day before it keeps only its last one. */
const MOST_OF_A_DAY = 3;
const MOST_BEFORE_RESTORE = 2;

type BackupParts = {
  /** The folder of the backups; created for this user only. */
  readonly folder: string;
  readonly now: () => EpochMs;
  readonly checkCopy: CheckCopy;
  /** Aborts a running backup; it leaves no file behind. */
  readonly signal?: AbortSignal;
};

const NAME = /^deskbell-(?<at>\d{13})-(?<invitations>\d+)-(?<why>daily|before-restore)\.db$/;
const UNFINISHED = 'unfinished.db';

/** Lists the backups, newest first. Ignores files without a backup's name. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map(parseName)
    .filter((backup) => backup !== undefined)
    .toSorted((one, other) => other.takenAt - one.takenAt);
}

function parseName(name: string): Backup | undefined {
  const parts = NAME.exec(name)?.groups;
  if (parts === undefined) return undefined;
  return {
    name,
    takenAt: Number(parts['at']),
    why: parts['why'] === 'daily' ? 'daily' : 'before-restore',
    invitations: Number(parts['invitations']),
  };
}

/** Returns the backups to remove. The newest one always stays, and no day uses up the slots of others. */
export function outdated(backups: readonly Backup[], now: EpochMs): readonly Backup[] {
  const [newest, ...others] = backups.toSorted((one, other) => other.takenAt - one.takenAt);
  if (newest === undefined) return [];
  const perDay = new Map<number, number>();
  let restores = 0;
  const isOneTooMany = ({ why, takenAt }: Backup): boolean => {
    if (why === 'before-restore') return (restores += 1) > MOST_BEFORE_RESTORE;
    const day = Math.floor(takenAt / DAY_MS);
    const nth = (perDay.get(day) ?? 0) + 1;
    perDay.set(day, nth);
    return nth > (perDay.size === 1 ? MOST_OF_A_DAY : 1) || perDay.size > MOST_DAYS;
  };
  isOneTooMany(newest);
  return others.filter(
    (backup) => isOneTooMany(backup) || now - backup.takenAt > BACKUPS_KEPT_DAYS * DAY_MS,
  );
}

/** `damaged`: the database itself is damaged. `failed`: the check could not run. No backup was made then. */
export type BackupResult =
  | { readonly kind: 'made'; readonly backup: Backup }
  | Exclude<CopyCheck, { readonly kind: 'sound' }>;

/**
 * Copies the database while it is in use, a few pages at a time; the copy gets its final name only when it is complete
 * on disk and passes the check. Throws file system and SQLite errors.
 */
export async function makeBackup(
  parts: BackupParts,
  store: Pick<Store, 'copyTo'>,
  why: Backup['why'],
): Promise<BackupResult> {
  const { folder, now } = parts;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, UNFINISHED);
  removeDatabase(unfinished);
  try {
    // Created here, because SQLite would make it readable for every user of the PC.
    closeSync(openSync(unfinished, 'wx', 0o600));
    const takenAt = now();
    await store.copyTo(unfinished, parts.signal);
    const check = await parts.checkCopy(unfinished, parts.signal);
    if (check.kind !== 'sound') return check;
    sync(unfinished);
    const backup = named({ takenAt, invitations: check.invitations, why });
    await renameFileAsync(unfinished, join(folder, backup.name));
    removeOutdated(folder, takenAt);
    return { kind: 'made', backup };
  } finally {
    // The next backup removes it first.
    tryToRemoveDatabase(unfinished);
  }
}

/**
 * Turns the closed database itself into a backup by a rename, complete and at once. A crash before another database is
 * in its place looks like a missing database: the newest backup, which is this one, replaces it. Returns a function
 * that moves it back. Throws file system errors.
 */
export function moveToBackups(
  { folder, now }: Pick<BackupParts, 'folder' | 'now'>,
  log: { readonly path: string; readonly invitations: number },
): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { invitations } = log;
  const path = join(folder, named({ takenAt: now(), invitations, why: 'before-restore' }).name);
  renameFile(log.path, path);
  return () => renameFile(path, log.path);
}

function named(backup: Omit<Backup, 'name'>): Backup {
  const { takenAt, invitations, why } = backup;
  return { name: `deskbell-${takenAt}-${invitations}-${why}.db`, ...backup };
}

/** Removes outdated backups. A file that another program holds stays until the next time. */
export function removeOutdated(folder: string, now: EpochMs): void {
  for (const { name } of outdated(listBackups(folder), now))
    tryToRemoveDatabase(join(folder, name));
}

/**
 * Removes every backup except this one, and an unfinished one: after an erasure the older ones still contain the
 * erased data. Returns whether all are gone; a file that another program holds stays.
 */
export function removeOtherBackups(folder: string, kept: Backup): boolean {
  const others = listBackups(folder).filter(({ name }) => name !== kept.name);
  const removals = [UNFINISHED, ...others.map(({ name }) => name)].map((name) =>
    tryToRemoveDatabase(join(folder, name)),
  );
  return removals.every(Boolean);
}

/** Syncs a file to disk, or throws. */
function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

/** Removes a database and SQLite's files beside it. Throws file system errors. */
export function removeDatabase(path: string): void {
  for (const beside of BESIDE) removeFile(`${path}${beside}`);
}

/** Does the same, but tolerates files that stay until the next time. Returns whether all are gone. */
export function tryToRemoveDatabase(path: string): boolean {
  return BESIDE.map((beside) => tryToRemoveFile(`${path}${beside}`)).every(Boolean);
}
