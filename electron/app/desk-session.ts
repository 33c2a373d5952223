import type { Action, FormAction } from '../../shared/invitation-actions.ts';
import type { Attempt } from '../../shared/attempt.ts';
import type { Connection } from '../../shared/connection.ts';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { LastChoice, LastChoices } from '../../shared/last-choices.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Clock, EpochMs } from '../../shared/time.ts';
import { shownToForce, type RemoteVerdict, type Verdict } from '../../shared/verdict.ts';
import {
  createHistoryExport,
  type ExportPort,
  type HistoryExport,
} from '../export/history-export.ts';
import { withPause, type PausableRequests } from '../outbox/pausable-requests.ts';
import { createCourier, type WakeReason } from '../outbox/courier.ts';
import { createCorrectedClock } from '../outbox/corrected-clock.ts';
import { checkVerdict, enqueue, type Enqueued, type VerdictQuestion } from '../outbox/enqueue.ts';
import { cancelForDoNotContact } from '../outbox/cancel-for-do-not-contact.ts';
import { createForceTickets } from '../outbox/force-tickets.ts';
import type { SchedulingRules } from '../outbox/rules/send-time.ts';
import { createPartooPause } from '../outbox/partoo-pause.ts';
import type { Partoo } from '../outbox/partoo-port.ts';
import { createManualActions, type ActionResult } from '../outbox/manual-actions.ts';
import { createRemoteChecks } from '../outbox/check-while-typing.ts';
import { indexOlderNames } from '../outbox/index-older-names.ts';
import { startRetention } from '../outbox/retention.ts';
import type { ModeLimits } from '../outbox/rate-limits.ts';
import { createOptOut, type OptOut } from '../do-not-contact/add-from-form.ts';
import type { Erased, Refusal } from '../store/erasure/erase-customer.ts';
import type { DailyCountVerbs } from '../store/tables/daily-counts.ts';
import { classifyStorageError, ignoreStorageErrors } from '../store/file/storage-errors.ts';
import type { FinishedPage, FinishedQuery, Store } from '../store/store.ts';

export type Mode = 'live' | 'practice';

export type DeskSessionParts = SchedulingRules & {
  readonly mode: Mode;
  readonly clock: Clock;
  /** Shared by all desk sessions of a run. */
  readonly limits: ModeLimits;
  /** Returns a number in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  readonly store: Store;
  readonly partoo: Partoo;
  /** Whether the database belongs to this PC. */
  readonly belongsHere: () => Promise<boolean>;
  readonly onInvitation: (invitation: Invitation) => void;
  readonly onConnection: (connection: Connection) => void;
  /** Called when a choice was remembered that the page reads with the desk snapshot. */
  readonly onRemembered: () => void;
  readonly reportBug: (error: unknown) => string;
  readonly exportPort: ExportPort;
  readonly onExportProgress: (rows: number) => void;
  /** Called before a customer is erased; the returned function reverts what the call did. */
  readonly onErasing: (erasure: { readonly phone: E164; readonly refusal: Refusal }) => () => void;
  /** Called when a customer has refused further SMS. */
  readonly onRefused: () => void;
  /** Called when invitations were deleted from the database: views must reload. */
  readonly onErased: (why: 'customer' | 'age') => void;
  /** Erases a number from the data that this PC keeps for the vendor. */
  readonly forget: (phone: E164) => void;
  /** Releases what was opened for this desk session only. */
  readonly release: () => Promise<void>;
};

/** One opening of a database in one mode, with its vendor and courier. Practice has its own database and vendor. */
export type DeskSession = {
  readonly mode: Mode;
  readonly settings: () => Settings;
  /** Requests to Partoo beside the queue. */
  readonly questions: PausableRequests;
  readonly checkVerdict: (asked: VerdictQuestion) => Verdict;
  /** Returns the verdict after asking Partoo too; takes at most 2 s. */
  readonly askVerdict: (asked: VerdictQuestion) => Promise<RemoteVerdict>;
  readonly askForce: (asked: ForceQuestion) => ForceAnswer;
  /** Saves an invitation. Answers `too-fast` to a page that saves faster than a person can type. */
  readonly enqueue: (draft: InvitationDraft) => Enqueued | { readonly kind: 'too-fast' };
  /** Cancels an invitation that is still held; undefined when it is no longer held. */
  readonly undo: (id: string) => Invitation | undefined;
  /** Runs a manual action on an invitation. */
  readonly byHand: (id: string, action: Exclude<Action, FormAction>) => ActionResult;
  /** Reads an invitation with its attempts, oldest first; undefined when the id is unknown. */
  readonly readAttempts: (id: string) => Story | undefined;
  readonly listOpen: () => readonly Invitation[];
  readonly countOpen: () => number;
  /** Counts the rows by kind, for diagnostics. */
  readonly countAll: () => Readonly<Record<string, number>>;
  /** Counts the open invitations that need a person's decision. */
  readonly countDecisions: () => number;
  readonly listFinished: (query: FinishedQuery) => FinishedPage;
  readonly tallyBetween: DailyCountVerbs['tallyBetween'];
  readonly exportHistory: HistoryExport['start'];
  readonly cancelExport: HistoryExport['cancel'];
  /** Erases all data about a number, even if it has no invitation any more. */
  readonly eraseCustomer: (phone: E164, refusal: Refusal) => Erased;
  /** "Try all now": makes every invitation due that waits for a retry. Held invitations stay held. */
  readonly flushNow: () => void;
  /** Recalculates send times of held invitations from the current sending hours, and wakes the courier. */
  readonly settingsChanged: () => void;
  readonly wake: (reason: WakeReason) => void;
  readonly connection: () => Connection;
  readonly halt: (reference: string) => void;
  /** The time that this desk session works with. */
  readonly now: Clock['now'];
  /** The difference between that time and the clock of this PC, in milliseconds. */
  readonly clockCorrectionMs: () => number;
  readonly remembered: () => LastChoices;
  readonly remember: (choice: LastChoice) => void;
  /** Adds a number to the do-not-contact list. `ended`: how many unsent invitations ended with it. */
  readonly addDoNotContact: (
    entry: Parameters<OptOut['add']>[0],
  ) => ReturnType<OptOut['add']> & { readonly ended: number };
  /** Ends the unsent invitations of all numbers on the do-not-contact list, after the list has grown. */
  readonly endUnwanted: () => void;
  readonly undoDoNotContact: OptOut['undo'];
  /** Waits for requests in flight, then releases everything that this desk session holds. */
  readonly close: () => Promise<void>;
};

type ForceQuestion = Omit<VerdictQuestion, 'name'> & { readonly shownAt: EpochMs };
type ForceAnswer =
  | { readonly kind: 'ticket'; readonly ticket: string }
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict };
type Story = { readonly invitation: Invitation; readonly attempts: readonly Attempt[] };

/** Joins the parts of one desk session. Its courier sleeps until it is woken. */
export function openDeskSession(given: DeskSessionParts): DeskSession {
  const { store } = given;
  const clock = createCorrectedClock({
    clock: given.clock,
    highestSeenAt: store.readHighestInstant(),
    keepHighest: (at) => ignoreStorageErrors(() => store.keepHighestInstant(at)),
  });
  const { rateLimiter, saveLimit } = given.limits;
  const pause = createPartooPause({
    clock,
    store: {
      readPause: store.readPause,
      keepPause: (kept) => ignoreStorageErrors(() => store.keepPause(kept)),
    },
    host: new URL(given.settings().apiUrl).host,
  });
  const parts = { ...given, clock, rateLimiter, pause, classifyStorageError };
  const courier = createCourier(parts);
  const pausableRequests = withPause(given.partoo, pause, courier);
  const opinions = createRemoteChecks({
    ...parts,
    partoo: pausableRequests,
    isWanted: () => parts.settings().checkWithPartoo,
    isReachable: () => isReachable(courier.connection()),
  });
  const tickets = createForceTickets(parts);
  const pausedUntil = (): number | null => {
    const connection = courier.connection();
    return connection.kind === 'busy' ? connection.until : null;
  };
  const enqueueParts = { ...parts, tickets, pausedUntil, recallElsewhere: opinions.recall };
  const save = (draft: InvitationDraft): Enqueued => {
    const enqueued = enqueue(enqueueParts, draft);
    if (enqueued.kind !== 'saved') return enqueued;
    parts.onInvitation(enqueued.invitation);
    if (enqueued.ended !== null) parts.onInvitation(enqueued.ended);
    // Reply before waking the courier.
    setImmediate(courier.wake, 'hint');
    return enqueued;
  };
  const historyExport = createHistoryExport({
    ...given.exportPort,
    store,
    businesses: () => given.settings().businesses,
    now: clock.now,
    onProgress: given.onExportProgress,
  });
  const reportUnlessStorage = (error: unknown): void => {
    if (classifyStorageError(error) === undefined) given.reportBug(error);
  };
  const retention = startRetention({
    clock,
    store,
    retentionDays: () => given.settings().retentionDays,
    houseWindowDays: () => given.settings().houseWindowDays,
    onPurged: () => given.onErased('age'),
    onTrouble: reportUnlessStorage,
  });
  const stopFolding = indexOlderNames({ clock, store, onTrouble: reportUnlessStorage });
  const saveFromPage = (draft: InvitationDraft): Enqueued | { readonly kind: 'too-fast' } => {
    const kind = draft.force === null ? 'plain' : 'forced';
    if (!saveLimit.isOpen(kind)) return { kind: 'too-fast' };
    const enqueued = save(draft);
    if (enqueued.kind === 'saved') saveLimit.count(kind);
    return enqueued;
  };
  const optOut = createOptOut({ clock, store, onAdded: given.onRefused });
  const manualActions = createManualActions({ ...parts, courier, enqueue: save });
  // Run at the opening: a database that cannot be written is found before anything is sent.
  const rescheduleHeld = () => ignoreStorageErrors(manualActions.rescheduleHeld);
  rescheduleHeld();
  const endUnwanted = (): readonly Invitation[] => {
    let ended: readonly Invitation[] = [];
    ignoreStorageErrors(() => (ended = cancelForDoNotContact(parts)));
    return ended;
  };
  // The list may be newer than the database, because a restore does not replace it.
  endUnwanted();

  return {
    mode: parts.mode,
    settings: parts.settings,
    questions: pausableRequests,
    checkVerdict: (asked) => checkVerdict(enqueueParts, asked),
    askVerdict: (asked) => opinions.ask(asked, () => checkVerdict(enqueueParts, asked)),
    askForce: ({ shownAt, ...asked }) => {
      const verdict = checkVerdict(enqueueParts, { ...asked, name: '' });
      if (shownToForce(verdict) !== shownAt) return { kind: 'not-allowed', verdict };
      const { phone, businessId } = asked;
      return { kind: 'ticket', ticket: tickets.issue({ phone, businessId, shownAt }) };
    },
    enqueue: saveFromPage,
    undo: manualActions.undo,
    byHand: manualActions.act,
    readAttempts: (id) => {
      const row = store.readRow(id);
      return row && { invitation: row.invitation, attempts: store.listAttempts(id) };
    },
    listOpen: store.listOpen,
    countOpen: store.countOpen,
    countDecisions: store.countDecisions,
    countAll: store.countAll,
    listFinished: store.listFinished,
    tallyBetween: store.tallyBetween,
    exportHistory: historyExport.start,
    cancelExport: historyExport.cancel,
    eraseCustomer: (phone, refusal) => {
      const takeBack = given.onErasing({ phone, refusal });
      const erased = store.eraseCustomer(phone, {
        now: clock.now(),
        refusal,
        underWay: 'waited-for',
      });
      if (erased.kind === 'erased') {
        given.onErased('customer');
        given.forget(phone);
      } else takeBack();
      return erased;
    },
    flushNow: () => {
      manualActions.makeDue();
      courier.wake('person');
    },
    settingsChanged: () => {
      rescheduleHeld();
      retention.settingsChanged();
      courier.wake('person');
    },
    wake: courier.wake,
    connection: courier.connection,
    halt: courier.halt,
    now: clock.now,
    clockCorrectionMs: clock.correctionMs,
    remembered: store.readRemembered,
    remember: (choice) => {
      store.remember(choice);
      parts.onRemembered();
    },
    addDoNotContact: (entry) => {
      const said = optOut.add(entry);
      return { ...said, ended: endUnwanted().length };
    },
    endUnwanted: () => void endUnwanted(),
    undoDoNotContact: optOut.undo,
    close: async () => {
      retention.stop();
      stopFolding();
      await historyExport.cancel();
      await courier.stop();
      await parts.partoo.close();
      await parts.release();
    },
  };
}

/** Whether a request is worth trying: not while the connection is known to be down. */
function isReachable({ kind }: Connection): boolean {
  return kind === 'online' || kind === 'clock-off' || kind === 'no-access' || kind === 'unknown';
}
