import { chmodSync, existsSync, promises, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { Backup } from '../../shared/backup.ts';
import type { Gap } from '../../shared/gap.ts';
import { instantSchema } from '../../shared/invitation.ts';
import { e164Schema } from '../../shared/phone.ts';
import type { EpochMs } from '../../shared/time.ts';
import { listBackups, removeDatabase } from './backups.ts';
import type { OnBadRow } from './bad-row.ts';
import type { CheckCopy } from './check-copy.ts';
import { openStore, whyFilesFailed, type CannotOpen } from './open.ts';

export type RecoverParts = {
  readonly path: string;
  readonly backups: string;
  readonly now: () => EpochMs;
  readonly onBadRow: OnBadRow;
  readonly checkCopy: CheckCopy;
};

const entriesSchema = z.array(
  z.object({ phone: e164Schema, since: instantSchema, staff: z.nullable(z.string()) }),
);
type DoNotContactEntry = z.infer<typeof entriesSchema>[number];

export type Recovery =
  /** `none`: there was no sound backup, and an empty log will have to do. */
  | {
      readonly kind: 'restored' | 'none';
      /** Who was found in the broken log to have said no: that must not be forgotten. */
      readonly doNotContact: readonly DoNotContactEntry[];
    }
  | CannotOpen;

/**
 * The newest backup that is sound takes the place of a log that cannot be used. The old one stays beside it as
 * `<path>.corrupt-<time>`. Until the very last step, which is one rename, nothing of the old one was touched.
 */
export async function takeBackupInstead(
  parts: RecoverParts,
  why: 'missing' | 'damaged',
): Promise<Recovery> {
  const restored = restoredName(parts);
  try {
    let kind: 'restored' | 'none' = 'none';
    for (const backup of listBackups(parts.backups)) {
      const copied = await copyChecked(parts, backup);
      const prepared = copied.kind === 'ready' ? doubtCopy(parts, backup, why, []) : copied;
      if (prepared.kind === 'cannot-open') return prepared;
      if (prepared.kind === 'damaged') continue;
      kind = 'restored';
      break;
    }
    const aside = setAside(parts.path, parts.now());
    const doNotContact = salvageDoNotContact(aside);
    if (kind === 'restored') renameSync(restored, parts.path);
    return { kind, doNotContact };
  } catch (error) {
    return asObstacle(error);
  } finally {
    removeDatabase(restored);
  }
}

type Prepared = { readonly kind: 'ready' | 'damaged' } | CannotOpen;

/** Copies a backup to where it can be changed, and checks the copy. */
async function copyChecked(parts: RecoverParts, backup: Backup): Promise<Prepared> {
  const copy = restoredName(parts);
  removeDatabase(copy);
  await promises.copyFile(join(parts.backups, backup.name), copy);
  chmodSync(copy, 0o600);
  const check = await parts.checkCopy(copy);
  if (check.kind === 'failed') return { kind: 'cannot-open', why: 'disk-full', detail: check.code };
  return { kind: check.kind === 'sound' ? 'ready' : 'damaged' };
}

/** Brings the copy up to date and puts everything in doubt that may have happened since the backup was made. */
function doubtCopy(
  parts: RecoverParts,
  backup: Backup,
  why: Gap['why'],
  doNotContact: readonly DoNotContactEntry[],
): Prepared {
  const copy = restoredName(parts);
  const opening = openStore({ ...parts, path: copy });
  if (opening.kind === 'cannot-open')
    return opening.why === 'damaged-database' ? { kind: 'damaged' } : opening;
  const { store } = opening;
  try {
    const from = Math.min(backup.takenAt, store.readHighestInstant() ?? backup.takenAt);
    store.doubt({ why, from, to: Math.max(parts.now(), backup.takenAt) });
    for (const entry of doNotContact) store.addDoNotContact(entry);
  } finally {
    store.close();
    removeOldVersions(copy);
  }
  return { kind: 'ready' };
}

/** What a person's restore can do while the log is still in use: it takes a minute for a million invitations. */
export async function prepareRestore(parts: RecoverParts, backup: Backup): Promise<Prepared> {
  try {
    const prepared = await copyChecked(parts, backup);
    if (prepared.kind !== 'ready') abandonRestore(parts);
    return prepared;
  } catch (error) {
    abandonRestore(parts);
    return asObstacle(error);
  }
}

/** Nothing is left of a restore that was prepared and will not be. */
export function abandonRestore(parts: RecoverParts): void {
  removeDatabase(restoredName(parts));
}

/**
 * Puts the prepared backup in the place of the log, which is closed. `current` is a backup of the log as it was, whose list
 * of those who want no SMS goes on. Until the last step, which is one rename, the log is as it was.
 */
export async function finishRestore(
  parts: RecoverParts,
  backup: Backup,
  current: Backup,
): Promise<Prepared> {
  const copy = restoredName(parts);
  try {
    const refusals = salvageDoNotContact(join(parts.backups, current.name));
    const doubted = doubtCopy(parts, backup, 'restored', refusals);
    if (doubted.kind !== 'ready') return doubted;
    for (const beside of ['-wal', '-shm']) rmSync(`${parts.path}${beside}`, { force: true });
    renameSync(copy, parts.path);
    return doubted;
  } catch (error) {
    return asObstacle(error);
  } finally {
    removeDatabase(copy);
  }
}

function asObstacle(error: unknown): CannotOpen {
  const obstacle = whyFilesFailed(error);
  if (obstacle === undefined) throw error;
  return obstacle;
}

const restoredName = ({ path }: RecoverParts) => `${path}.restored`;

/** A backup of an older version is copied aside before its migration; the backup itself is that copy. */
function removeOldVersions(copy: string): void {
  for (let version = 1; version < 100; version += 1)
    rmSync(`${copy}.before-v${version}`, { force: true });
}

/** Moves a database and what lies beside it out of the way; returns where it is now. */
function setAside(path: string, now: EpochMs): string {
  const aside = `${path}.corrupt-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  for (const beside of ['', '-wal', '-shm']) {
    if (existsSync(`${path}${beside}`)) renameSync(`${path}${beside}`, `${aside}${beside}`);
  }
  return aside;
}

/** What can still be read of the list of those who want no SMS; the file is only read. */
function salvageDoNotContact(path: string): readonly DoNotContactEntry[] {
  if (!existsSync(path)) return [];
  const found: unknown[] = [];
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    db.pragma('trusted_schema = OFF');
    for (const row of db.prepare('SELECT phone, since, staff FROM do_not_contact').iterate())
      found.push(row);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    db?.close();
  }
  return found.flatMap((row) => {
    const parsed = entriesSchema.safeParse([row]);
    return parsed.success ? parsed.data : [];
  });
}
