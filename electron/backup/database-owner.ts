import { OPEN_STATES } from '../../shared/invitation.ts';
import type { MachineId } from '../../shared/machine-id.ts';
import type { Clock, EpochMs } from '../../shared/time.ts';
import type { EventLog } from '../event-log.ts';
import { maybeSent } from '../outbox/rules/build-decision.ts';
import type { Row } from '../outbox/store-port.ts';
import { ignoreStorageErrors } from '../store/file/storage-errors.ts';
import type { Store } from '../store/store.ts';
import { extendCopyGap, openCopyGap, type CopyFacts } from './data-gap.ts';

export type DatabaseOwnerParts = {
  readonly live: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<EventLog, 'reportBug'>;
  /** The id of this PC; undefined when it has none. Read in the background: only sending waits for it. */
  readonly machine: Promise<MachineId | undefined>;
  /** Whether the data folder follows its user from PC to PC. Called only on another PC. */
  readonly isRoaming: () => Promise<boolean>;
};

/** Which PC owns the live database: two PCs that send from copies of one database would send twice. */
export type DatabaseOwner = {
  /** Whether the database belongs to this PC; resolves when that is known. */
  readonly belongsHere: () => Promise<boolean>;
  /** Whether the database is known to be a copy of another PC's. Stays true until a person has decided. */
  readonly isCopy: () => boolean;
  /**
   * Applies a person's decision: this PC takes the open invitations of the copy over, or leaves them to the other PC.
   * `unchanged`: the database belongs to this PC already.
   */
  readonly settle: (as: 'take-over' | 'leave') => Promise<'settled' | 'unchanged'>;
};

/** Finds out which PC owns the live database. Call before any input, and before this run records its own time. */
export function createDatabaseOwner(parts: DatabaseOwnerParts): DatabaseOwner {
  const { live, clock } = parts;
  /** `copy`: of another PC's database, until a person has decided. */
  let status: 'own' | 'copy' = 'own';
  const found: CopyFacts = {
    open: live.listOpenIds(),
    seenUntil: live.readHighestInstant() ?? null,
  };
  const known = parts.machine.then(async (machine) => {
    const owner = live.readMachine();
    // A PC without an id must be able to work.
    if (machine === undefined || owner === machine.id) return;
    const isOurs = owner === undefined || machine.formerIds.includes(owner);
    // A full disk does not stop work: the next start writes it again.
    if (isOurs || (await parts.isRoaming()))
      return ignoreStorageErrors(() => live.keepMachine(machine.id));
    status = 'copy';
    ignoreStorageErrors(() => openCopyGap(live, machine, found, clock.now()));
  });
  known.catch(parts.log.reportBug);

  return {
    belongsHere: async () => {
      await known;
      return status === 'own';
    },
    isCopy: () => status === 'copy',
    settle: async (as) => {
      const machine = await parts.machine;
      if (machine === undefined || status === 'own') return 'unchanged';
      openCopyGap(live, machine, found, clock.now());
      const copied = listCopied(live).map(({ invitation }) => invitation.id);
      extendCopyGap(live, copied, clock.now());
      if (as === 'leave') endCopied(live, clock.now());
      live.keepMachine(machine.id);
      status = 'own';
      return 'settled';
    },
  };
}

/** The open invitations from the other PC. Invitations saved here since are excluded, whatever the clocks say. */
function listCopied(live: Store): readonly Row[] {
  return OPEN_STATES.flatMap((state) => live.listRows(state)).filter((row) => row.onlyByPerson);
}

/** Ends the open invitations from the other PC; those saved here since stay open. */
function endCopied(live: Store, now: EpochMs): void {
  const changes = listCopied(live).map((row) => {
    const { id, progress } = row.invitation;
    return { id, from: progress.state, decision: maybeSent(row, now) };
  });
  live.recordDecisions(changes);
}
