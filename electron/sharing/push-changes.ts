import type { EpochMs } from '../../shared/time.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { UnsharedInvitation, UnsharedRefusal } from '../store/tables/site-sharing.ts';
import type { Store } from '../store/store.ts';
import { pushedOpen, pushedSend } from './shared-rows.ts';
import type { SiteCalls } from './site-calls.ts';

/** The most changes of each kind in one call. */
const BATCH = 500;

export type PushParts = {
  readonly calls: Pick<SiteCalls, 'call' | 'keys'>;
  readonly store: Store;
  /** Another desk has taken over an invitation of this one. */
  readonly onTakenOver: (id: string) => void;
  /** The site database has these invitations for another number or desk, and keeps that. */
  readonly onNotKept: (count: number) => void;
};

/**
 * `more`: call again. `later`: the site database takes no more for some minutes. `hello`: it was restored, and a hello comes first.
 */
export type Pushed = 'done' | 'more' | 'later' | 'hello' | 'no-answer';

/** Creates the push of what this desk has changed since it last pushed. */
export function createPush(parts: PushParts): () => Promise<Pushed> {
  const { calls, store } = parts;
  /** Refusals up to this change are beyond the limit of this day. */
  let leftUntil = 0;

  const pushBatch = async (
    invitations: readonly UnsharedInvitation[],
    refusals: readonly UnsharedRefusal[],
  ): Promise<Pushed> => {
    const change = Math.max(0, ...[...invitations, ...refusals].map((mark) => mark.change));
    const added = refusals.flatMap(({ phone, since }) =>
      since === null ? [] : [{ phone, since }],
    );
    const answer = await calls.call((database) =>
      database.push(store.readSharing()?.pushed ?? 0, change, {
        ...batchOf(store, invitations),
        refusals: added,
      }),
    );
    if (answer === undefined) return 'no-answer';
    if (answer.is === 'too-often') return 'later';
    if (answer.is === 'hello') return 'hello';
    const left = new Set(answer.refusalsLeft);
    const isLeft = (phone: E164) => left.has(calls.keys()?.numberKey(phone) ?? '');
    const kept = refusals.filter(({ phone, since }) => since !== null && !isLeft(phone));
    if (left.size > 0) leftUntil = Math.max(leftUntil, ...refusals.map((mark) => mark.change));
    store.keepShared({ invitations, refusals: kept, pushed: change });
    for (const { invitation } of answer.taken) parts.onTakenOver(invitation);
    if (answer.notKept.length > 0) parts.onNotKept(answer.notKept.length);
    return 'more';
  };

  const pushRemoved = async (removed: UnsharedRefusal): Promise<Pushed> => {
    const answer = await calls.call((database) => database.refuseUndo(removed.phone));
    if (answer === undefined) return 'no-answer';
    if (answer.is === 'too-many') {
      leftUntil = Math.max(leftUntil, removed.change);
      return 'more';
    }
    // Only the site that added a refusal removes it: elsewhere it stays, and this desk still hears of it.
    store.keepShared({ invitations: [], refusals: [removed], pushed: 0 });
    return 'more';
  };

  return async () => {
    const refusals = store.listUnsharedRefusals(leftUntil, BATCH);
    const removed = refusals.find(({ since }) => since === null);
    const added = refusals.filter(({ since }) => since !== null);
    const invitations = store.listUnsharedInvitations(BATCH);
    if (added.length > 0 || invitations.length > 0) return pushBatch(invitations, added);
    if (removed !== undefined) return pushRemoved(removed);
    // The limit is one of a day: a later push tries these again.
    leftUntil = 0;
    return 'done';
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
