import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { BACKUPS_KEPT_DAYS, type Backup } from '../../shared/backup.ts';
import { DAY_MS, type EpochMs } from '../../shared/time.ts';
import type { CheckCopy, CopyCheck } from './check-copy.ts';
import type { Store } from './store.ts';

const MOST_DAILY = 7;
const MOST_BEFORE_RESTORE = 2;

type BackupParts = {
  /** The folder of the backups; made when it is missing, for this user only. */
  readonly folder: string;
  readonly now: () => EpochMs;
  readonly checkCopy: CheckCopy;
  /** Ends a backup that is under way; it leaves nothing behind. */
  readonly signal?: AbortSignal;
};

const NAME = /^deskbell-(?<at>\d{13})-(?<invitations>\d+)-(?<why>daily|before-restore)\.db$/;
const UNFINISHED = 'unfinished.db';

/** The backups that there are, newest first. A file that is not named like one is none. */
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

/** The backups that have had their time. The newest one stays, however old it is. */
export function outdated(backups: readonly Backup[], now: EpochMs): readonly Backup[] {
  const [newest, ...others] = backups.toSorted((one, other) => other.takenAt - one.takenAt);
  if (newest === undefined) return [];
  const left = { daily: MOST_DAILY, 'before-restore': MOST_BEFORE_RESTORE };
  left[newest.why] -= 1;
  return others.filter(({ why, takenAt }) => {
    left[why] -= 1;
    return left[why] < 0 || now - takenAt > BACKUPS_KEPT_DAYS * DAY_MS;
  });
}

/** `damaged`: the log itself is. `failed`: it could not be found out. Nothing was kept then. */
export type BackupResult =
  | { readonly kind: 'made'; readonly backup: Backup }
  | Exclude<CopyCheck, { readonly kind: 'sound' }>;

/**
 * Copies the log while it is in use, a few pages at a time; the copy gets its name only when all of it is on disk and
 * was found sound. Throws what disk and SQLite throw.
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
    // Created here, because SQLite would let everyone on the PC read it.
    closeSync(openSync(unfinished, 'wx', 0o600));
    const takenAt = now();
    await store.copyTo(unfinished, parts.signal);
    const check = await parts.checkCopy(unfinished, parts.signal);
    if (check.kind !== 'sound') return check;
    sync(unfinished);
    const name = `deskbell-${takenAt}-${check.invitations}-${why}.db`;
    renameSync(unfinished, join(folder, name));
    for (const old of outdated(listBackups(folder), takenAt))
      removeDatabase(join(folder, old.name));
    return { kind: 'made', backup: { name, takenAt, why, invitations: check.invitations } };
  } finally {
    removeDatabase(unfinished);
  }
}

/** Removes every backup but this one: after an erasure the older ones still hold what was erased. */
export function removeOtherBackups(folder: string, kept: Backup): void {
  for (const { name } of listBackups(folder)) {
    if (name !== kept.name) removeDatabase(join(folder, name));
  }
}

/** Everything on disk, or an error. */
function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Removes a database with whatever SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const beside of ['', '-wal', '-shm', '-journal'])
    rmSync(`${path}${beside}`, { force: true });
}
