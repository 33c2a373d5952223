import { HOUR_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { UnsharedInvitation, UnsharedRefusal } from '../store/tables/site-sharing.ts';
import type { Store } from '../store/store.ts';
import { pushedOpen, pushedSend } from './shared-rows.ts';
import type { SiteCalls } from './site-calls.ts';

/** The most changes of each kind in one call; a slow server gets fewer. */
const BATCH = 500;
const SMALLEST_BATCH = 5;
/** How long refusals wait after the limit of a day is used up. */
const LIMIT_MS = HOUR_MS;

export type PushParts = {
  readonly calls: Pick<SiteCalls, 'call' | 'keys'>;
  readonly store: Store;
  readonly clock: Pick<Clock, 'elapsedMs'>;
  /** Another desk has taken over an invitation of this one. */
  readonly onTakenOver: (id: string) => void;
  /** Another desk has erased customers of this desk, and the orders are recorded: the next hello applies them. */
  readonly onErasureOrdered: () => void;
  /** The site database has these invitations for another number or desk, and keeps that. */
  readonly onNotKept: (count: number) => void;
};

/**
 * `more`: call again. `later`: the site database takes no more for some minutes. `hello`: it was restored, and a hello comes first.
 */
export type Pushed = 'done' | 'more' | 'later' | 'hello' | 'no-answer';

/**
 * Creates the push of what this desk has changed since it last pushed. `evenEmpty`: also where nothing has changed, because the answer
 * names the invitations that another desk has taken over.
 */
export function createPush(
  parts: PushParts,
): (how?: { readonly evenEmpty: boolean }) => Promise<Pushed> {
  const { calls, store, clock } = parts;
  let batch = BATCH;
  /** Until when no refusal is added, and until when none is removed: the limit of this day is used up. */
  const limitedUntilMs = { added: 0, removed: 0 };
  const list = (which: 'added' | 'removed', most: number): readonly UnsharedRefusal[] =>
    clock.elapsedMs() < limitedUntilMs[which] ? [] : store.listUnsharedRefusals(which, most);
  const limitReached = (which: 'added' | 'removed'): void => {
    limitedUntilMs[which] = clock.elapsedMs() + LIMIT_MS;
  };

  /**
   * Orders this desk to erase the customer of an invitation, with everything until it was saved. Usually the feed says so first; but
   * a desk that has already applied that order may save an older invitation, after a restore or by a slow clock.
   */
  const orderErasure = (id: string): boolean => {
    const row = store.readRow(id);
    const keys = calls.keys();
    if (row === undefined || keys === undefined) return false;
    const { phone, queuedAt } = row.invitation;
    store.addErasureToApply({ key: keys.numberKey(phone), before: queuedAt + 1 });
    return true;
  };

  const pushBatch = async (
    invitations: readonly UnsharedInvitation[],
    refusals: readonly UnsharedRefusal[],
  ): Promise<Pushed> => {
    // Refusals are shared newest first, so their numbers say nothing about the older changes.
    const marks = invitations.length > 0 ? invitations : refusals;
    const change = Math.max(0, ...marks.map((mark) => mark.change));
    const added = refusals.flatMap(({ phone, since }) =>
      since === null ? [] : [{ phone, since }],
    );
    const answer = await calls.call((database) =>
      database.push(store.readSharing()?.pushed ?? 0, change, {
        ...batchOf(store, invitations),
        refusals: added,
      }),
    );
    if (answer === undefined) {
      batch = Math.max(SMALLEST_BATCH, Math.floor(batch / 4));
      return 'no-answer';
    }
    // A refusal never waits for the limit of numbers, which it does not use.
    if (answer.is === 'too-often')
      return invitations.length > 0 && refusals.length > 0 ? pushBatch([], refusals) : 'later';
    if (answer.is === 'hello') return 'hello';
    batch = Math.min(BATCH, batch + SMALLEST_BATCH);
    const left = new Set(answer.refusalsLeft);
    const isLeft = (phone: E164) => left.has(calls.keys()?.numberKey(phone) ?? '');
    const kept = refusals.filter(({ phone }) => !isLeft(phone));
    if (left.size > 0) limitReached('added');
    // First: without its mark an invitation is not pushed again, and this desk would not hear of the order.
    const isOrdered = answer.erased.map(orderErasure).includes(true);
    store.keepShared({ invitations, refusals: kept, pushed: change });
    if (isOrdered) parts.onErasureOrdered();
    for (const { invitation } of answer.taken) parts.onTakenOver(invitation);
    if (answer.notKept.length > 0) parts.onNotKept(answer.notKept.length);
    return 'more';
  };

  const pushRemoved = async (removed: UnsharedRefusal): Promise<Pushed> => {
    const answer = await calls.call((database) => database.refuseUndo(removed.phone));
    if (answer === undefined) return 'no-answer';
    if (answer.is === 'too-many') {
      limitReached('removed');
      return 'more';
    }
    // Only the site that added a refusal removes it: elsewhere it stays, and this desk still hears of it.
    store.keepShared({ invitations: [], refusals: [removed], pushed: 0 });
    return 'more';
  };

  return async ({ evenEmpty } = { evenEmpty: false }) => {
    const added = list('added', batch);
    const invitations = store.listUnsharedInvitations(batch);
    if (added.length > 0 || invitations.length > 0 || evenEmpty)
      return pushBatch(invitations, added);
    const [removed] = list('removed', 1);
    return removed === undefined ? 'done' : pushRemoved(removed);
  };
}

function batchOf(store: Store, marks: readonly UnsharedInvitation[]) {
  const rows = marks.map(({ id }) => ({ id, row: store.readRow(id) }));
  return {
    sends: rows.flatMap(({ row }) => {
      const send = row && pushedSend(row, store.readPartooId(row.invitation.id));
      return send === undefined ? [] : [send];
    }),
    open: rows.flatMap(({ row }) => {
      const open = row && pushedOpen(row);
      return open === undefined ? [] : [open];
    }),
    ended: rows
      .filter(({ row }) => row === undefined || pushedOpen(row) === undefined)
      .map(({ id }) => id),
  };
}

/** What this desk reports with a hello: how many invitations wait, and since when. */
export function waitingAt(store: Pick<Store, 'listOpen'>): {
  readonly waiting: number;
  readonly oldestWaitingAt: EpochMs | null;
} {
  const open = store.listOpen();
  return {
    waiting: open.length,
    oldestWaitingAt: open.length === 0 ? null : Math.min(...open.map(({ queuedAt }) => queuedAt)),
  };
}
