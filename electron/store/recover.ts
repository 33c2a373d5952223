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
      const prepared = await prepareCopy(parts, backup, why);
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
    const obstacle = whyFilesFailed(error);
    if (obstacle === undefined) throw error;
    return obstacle;
  } finally {
    removeDatabase(restored);
  }
}

type Prepared = { readonly kind: 'ready' | 'damaged' } | CannotOpen;

/**
 * Makes `<path>.restored` out of a backup: checked, brought up to date, and with everything in doubt that may have
 * happened since. The caller gives it its name.
 */
async function prepareCopy(
  parts: RecoverParts,
  backup: Backup,
  why: Gap['why'],
): Promise<Prepared> {
  const copy = restoredName(parts);
  removeDatabase(copy);
  await promises.copyFile(join(parts.backups, backup.name), copy);
  chmodSync(copy, 0o600);
  const check = await parts.checkCopy(copy);
  if (check.kind === 'failed') return { kind: 'cannot-open', why: 'disk-full', detail: check.code };
  if (check.kind === 'damaged') return { kind: 'damaged' };
  const opening = openStore({ ...parts, path: copy });
  if (opening.kind === 'cannot-open')
    return opening.why === 'damaged-database' ? { kind: 'damaged' } : opening;
  const { store } = opening;
  try {
    const from = Math.min(backup.takenAt, store.readHighestInstant() ?? backup.takenAt);
    store.doubt({ why, from, to: Math.max(parts.now(), backup.takenAt) });
  } finally {
    store.close();
    removeOldVersions(copy);
  }
  return { kind: 'ready' };
}

/**
 * Puts a backup in the place of a closed log because a person wants it. `current` is a backup of the log as it was, whose
 * list of those who want no SMS goes on. Until the last step, which is one rename, the log is as it was.
 */
export async function restoreBackup(
  parts: RecoverParts,
  backup: Backup,
  current: Backup,
): Promise<Prepared> {
  const copy = restoredName(parts);
  try {
    const prepared = await prepareCopy(parts, backup, 'restored');
    if (prepared.kind !== 'ready') return prepared;
    const opening = openStore({ ...parts, path: copy });
    if (opening.kind === 'cannot-open') return opening;
    for (const entry of salvageDoNotContact(join(parts.backups, current.name)))
      opening.store.addDoNotContact(entry);
    opening.store.close();
    for (const beside of ['-wal', '-shm']) rmSync(`${parts.path}${beside}`, { force: true });
    renameSync(copy, parts.path);
    return prepared;
  } catch (error) {
    const obstacle = whyFilesFailed(error);
    if (obstacle === undefined) throw error;
    return obstacle;
  } finally {
    removeDatabase(copy);
  }
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
