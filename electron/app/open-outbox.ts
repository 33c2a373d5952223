import type { Connection } from '../../shared/connection.ts';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { LastChoice } from '../../shared/last-choices.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Clock } from '../../shared/time.ts';
import {
  createHistoryExport,
  type ExportPort,
  type HistoryExport,
} from '../export/history-export.ts';
import { withPause, type PausableRequests } from '../outbox/pausable-requests.ts';
import { createCourier, type Courier } from '../outbox/courier.ts';
import { createCorrectedClock, type CorrectedClock } from '../outbox/corrected-clock.ts';
import { checkVerdict, enqueue, type Enqueued, type GivenConsent } from '../outbox/enqueue.ts';
import { cancelForDoNotContact } from '../outbox/cancel-for-do-not-contact.ts';
import { createForceTickets } from '../outbox/force-tickets.ts';
import type { SchedulingRules } from '../outbox/rules/send-time.ts';
import { createPartooPause } from '../outbox/partoo-pause.ts';
import type { Partoo } from '../outbox/partoo-port.ts';
import { createManualActions, type ManualActions } from '../outbox/manual-actions.ts';
import { createRemoteChecks } from '../outbox/check-while-typing.ts';
import { indexOlderNames } from '../outbox/index-older-names.ts';
import { isReachable } from '../outbox/rules/connection-state.ts';
import { startRetention } from '../outbox/retention.ts';
import type { ModeLimits } from '../outbox/rate-limits.ts';
import { createTurns } from '../outbox/turns.ts';
import { createVerdicts, type Verdicts } from '../outbox/verdicts.ts';
import type { OpenSharing } from './load-sharing.ts';
import { ALONE } from '../sharing/alone.ts';
import type { OtherDesks } from '../sharing/other-desks.ts';
import { createEraseHere, type EraseHereParts, type ErasedEverywhere } from './erase-here.ts';
import { sharingEvents } from './sharing-events.ts';
import { createOptOut, type OptOut } from '../do-not-contact/add-from-form.ts';
import type { Sharing } from '../sharing/sharing.ts';
import type { Refusal } from '../store/erasure/erase-customer.ts';
import { classifyStorageError, ignoreStorageErrors } from '../store/file/storage-errors.ts';
import type { Store } from '../store/store.ts';

export type OutboxParts = SchedulingRules &
  Pick<EraseHereParts, 'onErasing' | 'onErased' | 'forget'> & {
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
    /** Called when a customer has refused further SMS. */
    readonly onRefused: () => void;
    /** Opens what this desk shares with the others of its organisation; undefined at a desk that shares nothing. */
    readonly openSharing: OpenSharing | undefined;
    /** Releases what was opened for this desk session only. */
    readonly release: () => Promise<void>;
  };

/** The database and the vendor of one mode at work. Practice has its own of both. */
export type Outbox = {
  /** The time that this desk session works with. */
  readonly clock: CorrectedClock;
  /** Reads the database. Only the other parts change it. */
  readonly store: ReadableStore;
  readonly settings: () => Settings;
  /** Sleeps until it is woken. */
  readonly courier: Pick<Courier, 'wake' | 'connection' | 'halt' | 'holdForCorrection'>;
  /** Requests to Partoo beside the queue. */
  readonly requests: PausableRequests;
  readonly verdicts: Verdicts;
  /** Saves an invitation. Answers `too-fast` to a page that saves faster than a person can type. */
  readonly enqueue: (draft: InvitationDraft) => Enqueued | { readonly kind: 'too-fast' };
  readonly manualActions: ManualActions;
  readonly optOut: OptOut;
  readonly historyExport: HistoryExport;
  readonly rememberChoice: (choice: LastChoice) => void;
  /** Erases all data about a number, even if it has no invitation any more; at a joined desk it orders all others to do the same. */
  readonly eraseCustomer: (phone: E164, refusal: Refusal) => Promise<ErasedEverywhere>;
  readonly otherDesks: OtherDesks;
  /** What this desk shares; undefined at a desk that shares nothing. */
  readonly sharing: Sharing | undefined;
  /** A number is new on the do-not-contact list. */
  readonly onRefused: () => void;
  /** A manager has removed a number from the do-not-contact list. */
  readonly removedRefusal: (phone: E164) => void;
  /** Ends the unsent invitations of all numbers on the do-not-contact list, and counts them. */
  readonly endUnwanted: () => number;
  /** Applies changed settings to held invitations and to the retention, and wakes the courier. */
  readonly settingsChanged: () => void;
  /** Waits for requests in flight, then releases everything that this outbox holds. */
  readonly close: () => Promise<void>;
};

type ReadableStore = Pick<
  Store,
  | 'countAll'
  | 'countDecisions'
  | 'countOpen'
  | 'listAttempts'
  | 'listFinished'
  | 'listOpen'
  | 'readRemembered'
  | 'readRow'
  | 'tallyBetween'
>;

/** Joins the parts that work with the database and the vendor of one mode. */
export function openOutbox(given: OutboxParts): Outbox {
  const { store, settings } = given;
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
    host: new URL(settings().apiUrl).host,
  });
  const onInvitation = (invitation: Invitation): void => {
    given.onInvitation(invitation);
    sharing?.changed('soon');
  };
  const parts = { ...given, clock, rateLimiter, pause, classifyStorageError, onInvitation };
  const eraseHere = createEraseHere(parts);
  const reportUnlessStorage = (error: unknown): void => {
    if (classifyStorageError(error) === undefined) given.reportBug(error);
  };
  const sharing = given.openSharing?.({
    ...parts,
    reportBug: reportUnlessStorage,
    ...sharingEvents({
      ...parts,
      eraseHere,
      onRefused: () => {
        onRefused();
        endUnwanted();
      },
    }),
  });
  const onRefused = (): void => {
    given.onRefused();
    sharing?.changed('now');
  };
  const removedRefusal = (phone: E164): void => sharing?.removedRefusal(phone);
  const site = sharing === undefined ? {} : { site: sharing.port };
  const courier = createCourier({ ...parts, ...site });
  const requests = withPause(given.partoo, pause, courier);
  const remoteChecks = createRemoteChecks({
    ...parts,
    ...createTurns({ ...parts, ...site, isStopping: () => false }),
    desks: sharing?.desks,
    partoo: requests,
    isWanted: () => settings().checkWithPartoo,
    isReachable: () => isReachable(courier.connection()),
  });
  const enqueueParts = {
    ...parts,
    tickets: createForceTickets(parts),
    pausedUntil: () => pausedUntil(courier.connection()),
    recallElsewhere: remoteChecks.recall,
    recallAtDesks: (phone: E164) => sharing?.desks.recall(phone),
  };
  const save = (draft: InvitationDraft, recorded?: GivenConsent): Enqueued => {
    const enqueued = enqueue(enqueueParts, draft, recorded);
    if (enqueued.kind !== 'saved') return enqueued;
    parts.onInvitation(enqueued.invitation);
    if (enqueued.ended !== null) parts.onInvitation(enqueued.ended);
    // Reply before waking the courier.
    setImmediate(courier.wake, 'event');
    return enqueued;
  };
  const otherDesks =
    sharing?.otherDesks({
      store,
      clock,
      settings,
      checkVerdict: (question) => checkVerdict(enqueueParts, question),
      save,
    }) ?? ALONE;
  const manualActions = createManualActions({ ...parts, courier, enqueue: (draft) => save(draft) });
  // Run at the opening: a database that cannot be written is found before anything is sent.
  const rescheduleHeld = () => ignoreStorageErrors(manualActions.rescheduleHeld);
  rescheduleHeld();
  const endUnwanted = (): number => {
    let ended = 0;
    ignoreStorageErrors(() => {
      ended = cancelForDoNotContact(parts).length;
    });
    return ended;
  };
  // The list may be newer than the database, because a restore does not replace it.
  endUnwanted();
  const historyExport = createHistoryExport({
    ...given.exportPort,
    store,
    businesses: () => settings().businesses,
    now: clock.now,
    onProgress: given.onExportProgress,
  });
  const retention = startRetention({
    clock,
    store,
    // The organisation's is a limit, not a wish.
    retentionDays: () =>
      Math.min(settings().retentionDays, sharing?.retentionDays() ?? Number.POSITIVE_INFINITY),
    houseWindowDays: () => settings().houseWindowDays,
    onPurged: () => given.onErased('age'),
    onTrouble: reportUnlessStorage,
  });
  // Nothing waits for it: a desk that reaches nobody works as always.
  sharing?.start();
  const stopIndexing = indexOlderNames({ clock, store, onTrouble: reportUnlessStorage });

  return {
    clock,
    store,
    settings,
    courier,
    requests,
    verdicts: createVerdicts({ ...enqueueParts, remoteChecks, desks: sharing?.desks }),
    enqueue: (draft) => {
      const kind = draft.force === null ? 'plain' : 'forced';
      if (!saveLimit.isOpen(kind)) return { kind: 'too-fast' };
      const enqueued = save(draft);
      if (enqueued.kind === 'saved') saveLimit.count(kind);
      return enqueued;
    },
    manualActions,
    optOut: createOptOut({
      clock,
      store,
      onAdded: onRefused,
      onRemoved: removedRefusal,
      endUnwanted,
    }),
    historyExport,
    rememberChoice: (choice) => {
      store.remember(choice);
      given.onRemembered();
    },
    eraseCustomer: async (phone, refusal) => {
      const order = { phone, at: clock.now(), forgetsRefusal: refusal === 'forgotten' };
      // Before the erasure: afterwards nothing here knows the number any more.
      const ordered = await sharing?.orderErasure(order);
      const erased = eraseHere(phone, refusal);
      if (erased.kind !== 'erased') {
        ordered?.takeBack();
        return erased;
      }
      sharing?.changed('now');
      if (sharing === undefined) return { ...erased, elsewhere: 'none' };
      return { ...erased, elsewhere: ordered === undefined ? 'impossible' : 'ordered' };
    },
    endUnwanted,
    onRefused,
    removedRefusal,
    otherDesks,
    sharing,
    settingsChanged: () => {
      rescheduleHeld();
      retention.settingsChanged();
      courier.wake('person');
    },
    close: async () => {
      retention.stop();
      stopIndexing();
      await historyExport.cancel();
      await courier.stop();
      await sharing?.stop();
      await given.partoo.close();
      await given.release();
    },
  };
}

/** The end of the pause that Partoo asked for; null without a pause. */
function pausedUntil(connection: Connection): number | null {
  return connection.kind === 'busy' ? connection.until : null;
}
