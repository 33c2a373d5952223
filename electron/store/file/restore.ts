import { chmodSync, existsSync, promises, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Backup } from '../../../shared/backup.ts';
import { type DataGap, joinGaps } from '../../../shared/data-gap.ts';
import type { EpochMs } from '../../../shared/time.ts';
import { removeFile, renameFile } from '../../files/rename-and-remove.ts';
import {
  listBackups,
  moveToBackups,
  removeDatabase,
  removeOutdated,
  tryToRemoveDatabase,
} from './backups.ts';
import { type PreservedData, salvagePreservedData } from '../restore/preserved-data.ts';
import type { OnBadRow } from '../rows/bad-row.ts';
import type { CheckCopy } from './check-copy.ts';
import { readPendingErasures } from './pending-erasures.ts';
import { openStore, type CannotOpen } from './open-store.ts';
import { type ReplacedState, salvageEnds } from '../restore/replaced-states.ts';
import { asObstacle, swapIn, type Recovery } from './swap-database.ts';
import type { Store } from '../store.ts';

export type RestoreParts = {
  readonly path: string;
  readonly backups: string;
  readonly now: () => EpochMs;
  readonly onBadRow: OnBadRow;
  readonly checkCopy: CheckCopy;
};

/**
 * Replaces an unusable database with the newest sound backup, or with an empty database without one. Everything
 * readable in the old one besides its invitations is carried over. The old one stays as `<path>.corrupt-<time>`. It is
 * untouched until the copy is complete; after a kill from then on, `finishRecovery` continues. `complete` is the last
 * change to the copy.
 */
export async function restoreNewestBackup(
  parts: RestoreParts,
  why: 'missing' | 'damaged',
  complete: (store: Store) => void,
): Promise<Recovery> {
  try {
    const prepared = await prepareRecovery(parts, why, complete);
    if (prepared.kind === 'cannot-open') return prepared;
    swapIn(restoredName(parts), parts.path);
    return { kind: 'recovered' };
  } catch (error) {
    return asObstacle(error);
  } finally {
    tryToRemoveDatabase(restoredName(parts));
  }
}

async function prepareRecovery(
  parts: RestoreParts,
  why: 'missing' | 'damaged',
  complete: (store: Store) => void,
): Promise<{ readonly kind: 'ready' } | CannotOpen> {
  const salvaged = salvagePreservedData(parts.path);
  const refused: PreservedData['doNotContact'][] = [];
  const preservedData = (): PreservedData => ({
    ...salvaged,
    doNotContact: [...salvaged.doNotContact, ...refused.flat()],
  });
  for (const backup of listBackups(parts.backups)) {
    const copied = await copyChecked(parts, backup);
    const replaced = { kind: 'salvaged', preservedData: preservedData() } as const;
    const prepared =
      copied.kind === 'ready' ? doubtCopy(parts, backup, why, replaced, complete) : copied;
    if (prepared.kind === 'cannot-open') return prepared;
    if (prepared.kind === 'ready') return { kind: 'ready' };
    // It may be newer than the sound backup and contain a newer do-not-contact entry.
    refused.push(salvagePreservedData(join(parts.backups, backup.name)).doNotContact);
  }
  removeDatabase(restoredName(parts));
  const opening = openStore({ ...parts, path: restoredName(parts) });
  if (opening.kind === 'cannot-open') return opening;
  const { store } = opening;
  try {
    store.carryOver(parts.path);
    store.doubt({ why, from: null, to: parts.now() });
    store.takeOver(preservedData());
    complete(store);
  } finally {
    store.close();
  }
  return { kind: 'ready' };
}

type Prepared = { readonly kind: 'ready' | 'damaged' } | CannotOpen;

/** Copies a backup to a writable place, and checks the copy. */
async function copyChecked(parts: RestoreParts, backup: Backup): Promise<Prepared> {
  const copy = restoredName(parts);
  removeDatabase(copy);
  await promises.copyFile(join(parts.backups, backup.name), copy);
  chmodSync(copy, 0o600);
  const check = await parts.checkCopy(copy);
  if (check.kind === 'failed') return { kind: 'cannot-open', why: 'disk-full', detail: check.code };
  return { kind: check.kind === 'sound' ? 'ready' : 'damaged' };
}

/** The replaced database. `read`: a person replaces an intact one. `salvaged`: the readable part of a damaged one. */
type Replaced =
  | {
      readonly kind: 'read';
      readonly preservedData: PreservedData;
      readonly later: ReplacedState;
      readonly gap: DataGap | null;
      readonly databaseId: string;
    }
  | { readonly kind: 'salvaged'; readonly preservedData: PreservedData };

/**
 * Brings the copy up to date: invitations that ended since the backup keep their end, newer ones are added, a data gap
 * covers everything else since then, and erased customers are removed.
 */
function doubtCopy(
  parts: RestoreParts,
  backup: Backup,
  why: DataGap['why'],
  replaced: Replaced,
  complete: (store: Store) => void = () => {},
): Prepared {
  const copy = restoredName(parts);
  const due = readPendingErasures(parts.backups);
  // The copy may contain an erased customer, but the list of erasures is unreadable.
  if (due === 'unreadable')
    return { kind: 'cannot-open', why: 'data-folder', detail: 'ERASURES_DUE' };
  const opening = openStore({ ...parts, path: copy });
  if (opening.kind === 'cannot-open')
    return opening.why === 'damaged-database' ? { kind: 'damaged' } : opening;
  const { store } = opening;
  try {
    const from = Math.min(backup.takenAt, store.readHighestInstant() ?? backup.takenAt);
    const isWhole = replaced.kind === 'read';
    const told = new Set(isWhole ? store.applyReplacedState(replaced.later) : []);
    const isUntold = (id: string): boolean => !told.has(id);
    const ended = carryOverEnds(parts, store, backup).filter(isUntold);
    // The gap also covers later invitations from a damaged database.
    if (!isWhole) store.carryOver(parts.path);
    const to = Math.max(parts.now(), backup.takenAt);
    const gap: DataGap = { why, from, to, dated: 'by-this-pc' };
    store.doubt(isWhole ? joinGaps(replaced.gap, gap) : gap, {
      only: store.listOpenIds().filter(isUntold),
      replaced: ended,
    });
    for (const { phone, refusal } of due)
      store.eraseCustomer(phone, { now: parts.now(), refusal, underWay: 'ended' });
    // That database does not contain erased customers: its rows about their numbers were saved after the erasure.
    if (isWhole && store.carryOver(parts.path) === 'partial')
      return { kind: 'cannot-open', why: 'damaged-database', detail: 'INVITATIONS' };
    store.takeOver(replaced.preservedData);
    // The copy continues that database: sentinel and start record treat it as the same one.
    if (isWhole) store.continueAs(replaced.databaseId);
    complete(store);
  } finally {
    store.close();
    removeOldVersions(copy);
  }
  return { kind: 'ready' };
}

/**
 * Completes open invitations with the ends that other files know: the database in place, the ones set aside and the
 * backups. Returns the ids of those that were replaced by another invitation and whose own end is unknown.
 */
export function carryOverEnds(
  { path, backups }: Pick<RestoreParts, 'path' | 'backups'>,
  store: Store,
  except?: Backup,
): readonly string[] {
  const open = store.listOpenIds();
  if (open.length === 0) return [];
  const aside = readdirSync(dirname(path))
    .filter((name) => name.startsWith(`${basename(path)}.corrupt-`) && !/-(wal|shm)$/.test(name))
    .map((name) => join(dirname(path), name));
  const others = listBackups(backups)
    .filter(({ name }) => name !== except?.name)
    .map(({ name }) => join(backups, name));
  const inPlace = except === undefined ? [] : [path];
  const ends = salvageEnds([...inPlace, ...aside.toSorted().toReversed(), ...others], open);
  store.applyReplacedState(ends);
  return [...ends.replaced];
}

/** Prepares a person's restore while the database is in use: the check takes a minute for a million invitations. */
export async function prepareRestore(parts: RestoreParts, backup: Backup): Promise<Prepared> {
  try {
    const prepared = await copyChecked(parts, backup);
    if (prepared.kind !== 'ready') abandonRestore(parts);
    return prepared;
  } catch (error) {
    abandonRestore(parts);
    return asObstacle(error);
  }
}

/** Removes the prepared copy of a restore that does not continue. */
export function abandonRestore(parts: RestoreParts): void {
  tryToRemoveDatabase(restoredName(parts));
}

/**
 * Replaces the closed database with the prepared backup. Keeps everything from the old database: the invitations that
 * the backup lacks or has in an earlier state, and all other data (`PreservedData`). The old database becomes a backup
 * itself; until that rename it is unchanged.
 */
export async function finishRestore(parts: RestoreParts, backup: Backup): Promise<Prepared> {
  const copy = restoredName(parts);
  // A new desk session has been opened in between, which removes such copies.
  if (!existsSync(copy)) return { kind: 'cannot-open', why: 'data-folder', detail: 'COPY_GONE' };
  try {
    const unsettled = readUnsettledIds(parts);
    if (unsettled.kind === 'cannot-open') return unsettled;
    const current = readCurrent(parts, unsettled.ids);
    if (current.kind === 'cannot-open') return current;
    const doubted = doubtCopy(parts, backup, 'restored', current);
    if (doubted.kind !== 'ready') return doubted;
    const moveBack = moveToBackups({ ...parts, folder: parts.backups }, { ...parts, ...current });
    try {
      renameFile(copy, parts.path);
    } catch (error) {
      moveBack();
      throw error;
    }
    removeOutdated(parts.backups, parts.now());
    return doubted;
  } catch (error) {
    return asObstacle(error);
  } finally {
    tryToRemoveDatabase(copy);
  }
}

/** The invitations of the prepared copy that may have changed since. */
function readUnsettledIds(
  parts: RestoreParts,
): { readonly kind: 'ids'; readonly ids: readonly string[] } | CannotOpen {
  const opening = openStore({ ...parts, path: restoredName(parts) });
  if (opening.kind === 'cannot-open') return opening;
  const { store } = opening;
  try {
    return { kind: 'ids', ids: store.listUnsettledIds() };
  } finally {
    store.close();
  }
}

type Current = Extract<Replaced, { kind: 'read' }> & { readonly invitations: number };

/**
 * Reads the database up to the last moment, and the current state of these invitations; afterwards it is one file
 * without a journal beside it.
 */
function readCurrent(parts: RestoreParts, unsettled: readonly string[]): Current | CannotOpen {
  const opening = openStore(parts);
  if (opening.kind === 'cannot-open') return opening;
  const { store } = opening;
  let current: Current;
  try {
    current = {
      kind: 'read',
      preservedData: store.readBelongings(),
      later: store.readReplacedState(unsettled),
      gap: store.readGap() ?? null,
      databaseId: store.databaseId,
      invitations: store.countInvitations(),
    };
  } finally {
    store.close();
  }
  if (current.preservedData.list === 'partial')
    return { kind: 'cannot-open', why: 'damaged-database', detail: 'LIST' };
  // A remaining journal contains a part of the database.
  const journal = statSync(`${parts.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return journal > 0 ? { kind: 'cannot-open', why: 'data-folder', detail: 'JOURNAL' } : current;
}

const restoredName = ({ path }: RestoreParts) => `${path}.restored`;

/** Removes the copies that migrations made of an older version's backup; the backup itself serves that purpose. */
function removeOldVersions(copy: string): void {
  for (let version = 1; version < 100; version += 1) removeFile(`${copy}.before-v${version}`);
}
