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
import { endAllDoNotContact } from '../outbox/end-do-not-contact.ts';
import { createForceTickets } from '../outbox/force-tickets.ts';
import type { SchedulingRules } from '../outbox/rules/send-time.ts';
import { createPartooPause } from '../outbox/partoo-pause.ts';
import type { Partoo } from '../outbox/partoo-port.ts';
import { createManualActions, type ActionResult } from '../outbox/manual-actions.ts';
import { createRemoteChecks } from '../outbox/remote-check.ts';
import { indexOlderNames } from '../outbox/index-older-names.ts';
import { startRetention } from '../outbox/retention.ts';
import type { ModeLimits } from '../outbox/rate-limits.ts';
import { createOptOut, type OptOut } from '../do-not-contact/add-from-form.ts';
import type { Erased, Refusal } from '../store/tables/erasures.ts';
import type { DailyCountVerbs } from '../store/tables/daily-counts.ts';
import { classifyStorageError } from '../store/file/storage-errors.ts';
import type { FinishedPage, FinishedQuery, Store } from '../store/store.ts';

export type Mode = 'live' | 'practice';

export type DeskSessionParts = SchedulingRules & {
  readonly mode: Mode;
  readonly clock: Clock;
  /** They outlive the desk. */
  readonly limits: ModeLimits;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  readonly store: Store;
  readonly partoo: Partoo;
  /** Whether the log belongs to this PC. */
  readonly belongsHere: () => Promise<boolean>;
  readonly onInvitation: (invitation: Invitation) => void;
  readonly onConnection: (connection: Connection) => void;
  /** A choice is remembered that the page is told of with the rest of the desk. */
  readonly onRemembered: () => void;
  readonly reportBug: (error: unknown) => string;
  readonly exportPort: ExportPort;
  readonly onExportProgress: (rows: number) => void;
  /** A customer is about to be erased; what is returned takes that back. */
  readonly onErasing: (erasure: { readonly phone: E164; readonly refusal: Refusal }) => () => void;
  /** Somebody has said no. */
  readonly onRefused: () => void;
  /** Invitations are gone from the log: whoever shows it reads it anew. */
  readonly onErased: (why: 'customer' | 'age') => void;
  /** Erases a number from what this PC keeps for the vendor. */
  readonly forget: (phone: E164) => void;
  /** Lets go of what was opened for this desk alone. */
  readonly release: () => Promise<void>;
};

/** One desk at work: a log, a vendor and the courier between them. Practice has its own of each. */
export type DeskSession = {
  readonly mode: Mode;
  readonly settings: () => Settings;
  /** What may be asked of Partoo beside the queue. */
  readonly questions: PausableRequests;
  readonly checkVerdict: (asked: VerdictQuestion) => Verdict;
  /** The verdict once Partoo was asked too; never longer than 2 s. */
  readonly askVerdict: (asked: VerdictQuestion) => Promise<RemoteVerdict>;
  readonly askForce: (asked: ForceQuestion) => ForceAnswer;
  /** Saves what the page decided; `too-fast` is said to a page that no person is typing into. */
  readonly enqueue: (draft: InvitationDraft) => Enqueued | { readonly kind: 'too-fast' };
  /** Takes an invitation back that is still held; undefined when it has gone on. */
  readonly undo: (id: string) => Invitation | undefined;
  /** What a person does with an invitation. */
  readonly byHand: (id: string, action: Exclude<Action, FormAction>) => ActionResult;
  /** An invitation with its attempts, first to last; undefined when there is none of this id. */
  readonly readStory: (id: string) => Story | undefined;
  readonly listOpen: () => readonly Invitation[];
  readonly countOpen: () => number;
  /** How many there are of what, for diagnostics. */
  readonly countAll: () => Readonly<Record<string, number>>;
  /** Open invitations that need a person's decision. */
  readonly countDecisions: () => number;
  readonly listFinished: (query: FinishedQuery) => FinishedPage;
  readonly tallyBetween: DailyCountVerbs['tallyBetween'];
  readonly exportHistory: HistoryExport['start'];
  readonly cancelExport: HistoryExport['cancel'];
  /** Erases everything about a number, also of one that has no invitation any more. */
  readonly eraseCustomer: (phone: E164, refusal: Refusal) => Erased;
  /** Try all now: everything that waits for a later try becomes due. What is held stays held. */
  readonly flushNow: () => void;
  /** A setting has changed: what is held leaves by the hours of now, and what waits looks again. */
  readonly settingsChanged: () => void;
  readonly wake: (reason: WakeReason) => void;
  readonly connection: () => Connection;
  readonly halt: (reference: string) => void;
  /** The time by which its invitations live. */
  readonly now: Clock['now'];
  /** What makes the clock of this PC that time, in milliseconds. */
  readonly clockCorrectionMs: () => number;
  readonly remembered: () => LastChoices;
  readonly remember: (choice: LastChoice) => void;
  /** Puts a number on the list; `ended`: how many invitations that had not been sent ended with it. */
  readonly addDoNotContact: (
    entry: Parameters<OptOut['add']>[0],
  ) => ReturnType<OptOut['add']> & { readonly ended: number };
  /** The list of those who want no SMS has grown: what has not been sent to them ends. */
  readonly endUnwanted: () => void;
  readonly undoDoNotContact: OptOut['undo'];
  /** Waits for what is in flight, then lets go of everything this desk holds. */
  readonly close: () => Promise<void>;
};

type ForceQuestion = Omit<VerdictQuestion, 'name'> & { readonly shownAt: EpochMs };
type ForceAnswer =
  | { readonly kind: 'ticket'; readonly ticket: string }
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict };
type Story = { readonly invitation: Invitation; readonly attempts: readonly Attempt[] };

/** Joins the parts of one desk. Its courier sleeps until it is woken. */
export function openDeskSession(given: DeskSessionParts): DeskSession {
  const { store } = given;
  const clock = createCorrectedClock({
    clock: given.clock,
    highestSeenAt: store.readHighestInstant(),
    keepHighest: (at) => unlessStorageFails(() => store.keepHighestInstant(at)),
  });
  const { turns, brake } = given.limits;
  const pause = createPartooPause({
    clock,
    store: {
      readPause: store.readPause,
      keepPause: (kept) => unlessStorageFails(() => store.keepPause(kept)),
    },
    host: new URL(given.settings().apiUrl).host,
  });
  const parts = { ...given, clock, turns, pause, whyStorageFailed: classifyStorageError };
  const courier = createCourier(parts);
  const outside = withPause(given.partoo, pause, courier);
  const opinions = createRemoteChecks({
    ...parts,
    partoo: outside,
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
    // Whoever pressed Enter hears that it is saved before anything else is done about it.
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
    if (!brake.isOpen(kind)) return { kind: 'too-fast' };
    const enqueued = save(draft);
    if (enqueued.kind === 'saved') brake.count(kind);
    return enqueued;
  };
  const saidNo = createOptOut({ clock, store, onAdded: given.onRefused });
  const hands = createManualActions({ ...parts, courier, enqueue: save });
  // What cannot be written is found out again before anything leaves.
  const holdAllAnew = () => unlessStorageFails(hands.holdAllAnew);
  holdAllAnew();
  const endUnwanted = (): readonly Invitation[] => {
    let ended: readonly Invitation[] = [];
    unlessStorageFails(() => (ended = endAllDoNotContact(parts)));
    return ended;
  };
  // The list may be newer than the log: it outlives a restore.
  endUnwanted();

  return {
    mode: parts.mode,
    settings: parts.settings,
    questions: outside,
    checkVerdict: (asked) => checkVerdict(enqueueParts, asked),
    askVerdict: (asked) => opinions.ask(asked, () => checkVerdict(enqueueParts, asked)),
    askForce: ({ shownAt, ...asked }) => {
      const verdict = checkVerdict(enqueueParts, { ...asked, name: '' });
      if (shownToForce(verdict) !== shownAt) return { kind: 'not-allowed', verdict };
      const { phone, businessId } = asked;
      return { kind: 'ticket', ticket: tickets.issue({ phone, businessId, shownAt }) };
    },
    enqueue: saveFromPage,
    undo: hands.undo,
    byHand: hands.act,
    readStory: (id) => {
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
      hands.makeDue();
      courier.wake('person');
    },
    settingsChanged: () => {
      holdAllAnew();
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
      const said = saidNo.add(entry);
      return { ...said, ended: endUnwanted().length };
    },
    endUnwanted: () => void endUnwanted(),
    undoDoNotContact: saidNo.undo,
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

/** For what can be done without: a disk that is full is said where something would be lost. */
function unlessStorageFails(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (classifyStorageError(error) === undefined) throw error;
  }
}

/** Whether a question is worth asking: not while it is known that no answer can come. */
function isReachable({ kind }: Connection): boolean {
  return kind === 'online' || kind === 'clock-off' || kind === 'no-access' || kind === 'unknown';
}
