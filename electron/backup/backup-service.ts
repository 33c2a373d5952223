import { isGapOpen, type DataGap } from '../../shared/data-gap.ts';
import { OPEN_STATES } from '../../shared/invitation.ts';
import type { Reply } from '../../shared/ipc/contract.ts';
import type { MachineId } from '../../shared/machine-id.ts';
import type { Clock, EpochMs } from '../../shared/time.ts';
import { scheduleBackups, type BackupSchedule } from './backup-schedule.ts';
import type { EventLog } from '../event-log.ts';
import { maybeSent } from '../outbox/rules/build-decision.ts';
import type { Row } from '../outbox/store-port.ts';
import { suspectDamage, type LiveDatabaseParts } from '../store/file/open-live-database.ts';
import type { CannotOpen } from '../store/file/open-store.ts';
import { finishRestore, prepareRestore } from '../store/file/restore.ts';
import { classifyStorageError } from '../store/file/storage-errors.ts';
import type { Store } from '../store/store.ts';

export type BackupServiceParts = {
  readonly files: LiveDatabaseParts;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly live: Store;
  /** The id of this PC; undefined when it has none. Read in the background: only sending waits for it. */
  readonly machine: Promise<MachineId | undefined>;
  /** Whether the data folder follows its user from PC to PC. Called only on another PC. */
  readonly isRoaming: () => Promise<boolean>;
  /** Called when damage is found in the database: reopening repairs it. */
  readonly onDamage: () => void;
  /** Closes the database, runs `work`, and opens the database again. */
  readonly withDatabaseClosed: <T>(work: () => Promise<T>) => Promise<T>;
  /** Called when the owner or the data gap of the database has changed. */
  readonly onSettled: () => void;
};

/** The backup service of the live database: backups, data gap, and owner. */
export type BackupService = {
  readonly belongsHere: () => Promise<boolean>;
  /** The data gap of the database, while it matters. */
  readonly gap: (now: EpochMs) => DataGap | null;
  readonly damaged: () => void;
  readonly listBackups: () => Reply<'backup.list'>;
  readonly makeBackup: () => Promise<Reply<'backup.make'>>;
  readonly restoreBackup: (name: string) => Promise<Reply<'backup.restore'>>;
  /** Applies a person's decision whether this PC continues with a database from another PC. */
  readonly settleOtherPc: (as: 'take-over' | 'leave') => Promise<void>;
  readonly stop: () => Promise<void>;
} & Pick<BackupSchedule, 'recordPendingErasure' | 'eraseBackups' | 'backUpSoon'>;

/** Creates the backup service of the live database. */
export function createBackupService(parts: BackupServiceParts): BackupService {
  const { live, files, clock } = parts;
  /** `copy`: of another PC's database, until a person has decided. */
  let standing: 'own' | 'copy' = 'own';
  // Before any input, and before this run records its own time.
  const arrival: Arrival = {
    open: live.listOpenIds(),
    seenUntil: live.readHighestInstant() ?? null,
  };
  const known = parts.machine.then(async (machine) => {
    const owner = live.readMachine();
    // A PC without an id must be able to work.
    if (machine === undefined || owner === machine.id) return;
    const isOurs = owner === undefined || machine.formerIds.includes(owner);
    if (isOurs || (await parts.isRoaming()))
      return unlessStorageFails(() => live.keepMachine(machine.id));
    standing = 'copy';
    unlessStorageFails(() => noticeCopy(live, machine, arrival, clock.now()));
  });
  known.catch(parts.log.reportBug);
  let isRestoring = false;
  const backupSchedule = scheduleBackups({ ...parts, store: live, isRestoring: () => isRestoring });
  const restore = async (name: string): Promise<Reply<'backup.restore'>> => {
    // The fresh backup after an erasure replaces the one to restore.
    await backupSchedule.whenErased();
    if (backupSchedule.isErasureUnwritten()) return no('failed');
    const backup = backupSchedule.list().find((one) => one.name === name);
    if (backup === undefined) return no('gone');
    const prepared = await prepareRestore(files, backup);
    if (prepared.kind !== 'ready') return asReply(prepared);
    let isLogDamaged = false;
    const finished = await parts.withDatabaseClosed(async () => {
      const result = await finishRestore(files, backup);
      // The database could not be read completely: the next opening reads all of it, and restores as much as
      // possible.
      isLogDamaged = result.kind === 'cannot-open' && result.why === 'damaged-database';
      if (isLogDamaged) suspectDamage(files.sentinel);
      return result;
    });
    return isLogDamaged ? no('log-damaged') : asReply(finished);
  };

  return {
    belongsHere: async () => {
      await known;
      return standing === 'own';
    },
    gap: (now) => {
      // Until a person has decided, the copy has nothing else to report.
      if (standing === 'copy') return null;
      const gap = live.readGap();
      return gap !== undefined && isGapOpen(gap, now) ? gap : null;
    },
    damaged: () => {
      suspectDamage(files.sentinel);
      parts.onDamage();
    },
    listBackups: () => ({ ok: true, value: { backups: [...backupSchedule.list()] } }),
    makeBackup: async () => {
      const made = await backupSchedule.backUp();
      return made.kind === 'made' ? { ok: true, value: made.backup } : no(made.kind);
    },
    restoreBackup: async (name) => {
      // Two restores at once would write into one file, and half of either could become the database.
      if (isRestoring) return no('busy');
      isRestoring = true;
      try {
        return await restore(name);
      } finally {
        isRestoring = false;
      }
    },
    settleOtherPc: async (as) => {
      const machine = await parts.machine;
      if (machine === undefined || standing === 'own') return;
      noticeCopy(live, machine, arrival, clock.now());
      const copy = live.readGap();
      if (copy === undefined) throw new Error('A copied database has no data gap');
      const cameAlong = listCameAlong(live);
      const only = cameAlong.map(({ invitation }) => invitation.id);
      // The other PC has continued until now.
      const to = Math.max(clock.now(), copy.to);
      live.doubt({ why: 'other-pc', from: copy.from, to }, { only });
      if (as === 'leave') leaveToTheOther(live, clock.now());
      live.keepMachine(machine.id);
      standing = 'own';
      parts.onSettled();
    },
    recordPendingErasure: backupSchedule.recordPendingErasure,
    eraseBackups: backupSchedule.eraseBackups,
    backUpSoon: backupSchedule.backUpSoon,
    stop: backupSchedule.stop,
  };
}

/** A full disk does not stop work: the next start writes it again. */
function unlessStorageFails(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (classifyStorageError(error) === undefined) throw error;
  }
}

/** The state of the database when this run opened it. */
type Arrival = {
  /** The ids of the open invitations. */
  readonly open: readonly string[];
  /** The latest time recorded in it. */
  readonly seenUntil: EpochMs | null;
};

/**
 * Records the data gap at the first start of a copy: only now is it known since when the other PC may have continued.
 */
function noticeCopy(
  live: Store,
  machine: MachineId,
  { open, seenUntil: from }: Arrival,
  now: EpochMs,
): void {
  if (live.readNoticedOn() === machine.id) return;
  live.doubt({ why: 'other-pc', from, to: Math.max(now, from ?? 0) }, { only: open });
  live.keepNoticedOn(machine.id);
}

/** The open invitations from the other PC. Invitations saved here since are excluded, whatever the clocks say. */
function listCameAlong(live: Store): readonly Row[] {
  return OPEN_STATES.flatMap((state) => live.listRows(state)).filter((row) => row.onlyByPerson);
}

/** Closes the open invitations from the other PC; invitations saved here since stay open. */
function leaveToTheOther(live: Store, now: EpochMs): void {
  const moves = listCameAlong(live).map((row) => {
    const { id, progress } = row.invitation;
    return { id, from: progress.state, decision: maybeSent(row, now) };
  });
  live.recordDecisions(moves);
}

type Why = Extract<
  Extract<Reply<'backup.restore'>, { readonly ok: false }>['failure'],
  { readonly kind: 'backup' }
>['why'];

function no(why: Why) {
  return { ok: false, failure: { kind: 'backup', why } } as const;
}

function asReply(
  prepared: { readonly kind: 'ready' | 'damaged' } | CannotOpen,
): Reply<'backup.restore'> {
  if (prepared.kind === 'ready') return { ok: true, value: {} };
  return no(prepared.kind === 'damaged' ? 'damaged' : 'failed');
}
