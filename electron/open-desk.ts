import type { Connection } from '../shared/connection.ts';
import type { Draft } from '../shared/draft.ts';
import type { Invitation, State } from '../shared/invitation.ts';
import type { E164 } from '../shared/phone.ts';
import type { Settings } from '../shared/settings.ts';
import type { Clock } from '../shared/time.ts';
import type { Verdict } from '../shared/verdict.ts';
import { createCourier, type WakeReason } from './outbox/courier.ts';
import { possibleSend } from './outbox/decide.ts';
import { checkVerdict, enqueue, type Enqueued } from './outbox/enqueue.ts';
import { createForceTickets } from './outbox/force-tickets.ts';
import type { Partoo } from './outbox/partoo-port.ts';
import { whyStorageFailed } from './store/storage-trouble.ts';
import type { FinishedPage, FinishedQuery, Store } from './store/store.ts';

export type Mode = 'live' | 'practice';

export type DeskParts = {
  readonly mode: Mode;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  readonly settings: () => Settings;
  readonly store: Store;
  readonly partoo: Partoo;
  readonly onInvitation: (invitation: Invitation) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly reportBug: (error: unknown) => string;
  /** Lets go of what was opened for this desk alone. */
  readonly release: () => Promise<void>;
};

/** One desk at work: a log, a vendor and the courier between them. Practice has its own of each. */
export type OpenDesk = {
  readonly mode: Mode;
  readonly settings: () => Settings;
  readonly partoo: Partoo;
  readonly checkVerdict: (asked: { readonly phone: E164; readonly name: string }) => Verdict;
  readonly askForce: (asked: ForceQuestion) => ForceAnswer;
  readonly enqueue: (draft: Draft) => Enqueued;
  /** Takes an invitation back that is proved not to have left; undefined when it may have. */
  readonly cancel: (id: string, from: readonly Cancellable[]) => Invitation | undefined;
  readonly listOpen: () => readonly Invitation[];
  readonly countOpen: () => number;
  readonly listFinished: (query: FinishedQuery) => FinishedPage;
  /** Try all now: everything that waits for a later try becomes due. What is held stays held. */
  readonly flushNow: () => void;
  readonly wake: (reason: WakeReason) => void;
  readonly connection: () => Connection;
  readonly halt: (reference: string) => void;
  /** Waits for what is in flight, then lets go of everything this desk holds. */
  readonly close: () => Promise<void>;
};

type Cancellable = Extract<State, 'held' | 'waiting'>;
type ForceQuestion = { readonly phone: E164; readonly businessId: string; readonly sentAt: number };
type ForceAnswer =
  | { readonly kind: 'ticket'; readonly ticket: string }
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict };

/** Joins the parts of one desk. Its courier sleeps until it is woken. */
export function openDesk(parts: DeskParts): OpenDesk {
  const { clock, store } = parts;
  const tickets = createForceTickets(parts);
  const courier = createCourier({ ...parts, whyStorageFailed });
  const enqueueParts = { ...parts, tickets };

  return {
    mode: parts.mode,
    settings: parts.settings,
    partoo: parts.partoo,
    checkVerdict: (asked) => checkVerdict(enqueueParts, asked),
    askForce: ({ phone, businessId, sentAt }) => {
      const verdict = checkVerdict(enqueueParts, { phone, name: '' });
      const shown = verdict.ruling.kind === 'closed' && verdict.ruling.sentAt === sentAt;
      if (!shown) return { kind: 'not-allowed', verdict };
      return { kind: 'ticket', ticket: tickets.issue({ phone, businessId, sentAt }) };
    },
    enqueue: (draft) => {
      const enqueued = enqueue(enqueueParts, draft);
      if (enqueued.kind === 'saved') {
        parts.onInvitation(enqueued.invitation);
        courier.wake('hint');
      }
      return enqueued;
    },
    cancel: (id, from) => {
      const row = store.readRow(id);
      // An earlier attempt of this row may have reached the customer: nobody can call that back.
      if (row === undefined || row.unclearAttempts > 0) return undefined;
      const cancelled = store.recordDecision(id, from, {
        progress: { state: 'cancelled', at: clock.now() },
        sentAt: null,
        partooId: null,
      });
      if (cancelled !== undefined) parts.onInvitation(cancelled);
      return cancelled;
    },
    listOpen: store.listOpen,
    countOpen: store.countOpen,
    listFinished: store.listFinished,
    flushNow: () => {
      const now = clock.now();
      for (const row of store.listRows('waiting')) {
        const { id, progress } = row.invitation;
        if (progress.state !== 'waiting' || progress.dueAt <= now) continue;
        const decision = {
          progress: { ...progress, dueAt: now },
          sentAt: possibleSend(row),
          partooId: null,
        };
        const changed = store.recordDecision(id, ['waiting'], decision);
        if (changed !== undefined) parts.onInvitation(changed);
      }
      courier.wake('person');
    },
    wake: courier.wake,
    connection: courier.connection,
    halt: courier.halt,
    close: async () => {
      await courier.stop();
      await parts.partoo.close();
      await parts.release();
    },
  };
}
