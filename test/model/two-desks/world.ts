import type { Row } from '../../../electron/outbox/store-port.ts';
import type { KnownSend } from '../../../electron/outbox/partoo-port.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import { WINDOW_MS } from '../../../shared/resend-window.ts';
import { aRow, NINE } from '../../support/builders/row.ts';
import { emptyDatabase, type ClaimCall, type SettleCall, type SiteDatabase } from './database.ts';
import type { PushCall } from './database-lists.ts';

export type Name = 'A' | 'B';
export const NAMES: readonly Name[] = ['A', 'B'];
/** All invitations are for one number. */
export const KEY = 'number';

/** What a desk is doing for its row. A crash ends it. */
export type Doing =
  | { readonly is: 'nothing' }
  /** Partoo's list must be searched before the SMS is claimed. */
  | { readonly is: 'must-search' }
  | { readonly is: 'searched'; readonly at: EpochMs }
  /** The database has answered "granted", and has not written it yet: only without the lock. */
  | { readonly is: 'promised' }
  /** The row may be sent. `by`: what allows it. */
  | {
      readonly is: 'may-send' | 'about-to-send';
      readonly at: EpochMs;
      readonly by: 'claim' | 'search';
    }
  /** The request runs. */
  | { readonly is: 'requesting' };

export type Desk = {
  /** Undefined: nothing was typed yet, or it was erased. */
  readonly row: Row | undefined;
  readonly doing: Doing;
  /** Whether the network reaches the site database. */
  readonly isLinked: boolean;
  /** A desk says hello first; it is connected when it has pushed what it knows. It may claim before that. */
  readonly session: 'none' | 'greeted' | 'connected';
  /** When the site database last answered. */
  readonly lostAt: EpochMs;
  // On disk:
  /** Partoo's id of the SMS that proves the row. */
  readonly partooId: string | null;
  /** A claim may exist: the numbers of its calls. */
  readonly note: readonly number[] | undefined;
  /** Whether the row, or the refusal, must be pushed. */
  readonly isDirty: boolean;
  readonly isRefusalDirty: boolean;
  /** The last acknowledged push. */
  readonly pushed: number;
  readonly pulled: number;
  /** The epoch for which everything was pushed, and the one for which it must be. */
  readonly epoch: number;
  readonly wantedEpoch: number;
  readonly doNotContactSince: EpochMs | undefined;
};

/** A request that runs at Partoo. `isHeard`: its desk still waits for the answer. */
export type Flight = {
  readonly desk: Name;
  readonly isForced: boolean;
  readonly begunAt: EpochMs;
  readonly stage: 'on-its-way' | 'checked' | 'accepted' | 'refused';
  readonly isHeard: boolean;
};

export type Sms = {
  readonly id: string;
  readonly at: EpochMs;
  readonly by: Name | 'before';
  readonly begunAt: EpochMs;
};

/** A call that reaches the database after its desk gave up waiting. */
export type LateCall =
  | { readonly of: 'claim'; readonly call: ClaimCall }
  | { readonly of: 'settle'; readonly call: SettleCall }
  | { readonly of: 'push'; readonly call: PushCall };

/** What may still happen, how often. */
export type Left = {
  readonly times: number;
  readonly crashes: number;
  readonly cuts: number;
  readonly lostAnswers: number;
  readonly lateCalls: number;
  readonly failures: number;
  readonly restarts: number;
  readonly restores: number;
  readonly refusals: number;
  readonly erasures: number;
  readonly takeOvers: number;
  readonly forces: number;
};

/** Two desks, the site database and Partoo. */
export type World = {
  readonly now: EpochMs;
  readonly desks: Readonly<Record<Name, Desk>>;
  readonly db: SiteDatabase;
  readonly late: readonly LateCall[];
  readonly flights: readonly Flight[];
  readonly sms: readonly Sms[];
  /** How Partoo checks its ten days: as it sends, before it sends, or for each business (another one here). */
  readonly partoo: 'one-step' | 'two-steps' | 'no-check';
  readonly whenApart: 'look' | 'wait';
  /** By how much the time can move on at once. */
  readonly timesMs: readonly number[];
  /**
   * What is left out to explore more of the rest: all pushes, those of an invitation without a possible SMS, or a death
   * or sleep right before the first byte.
   */
  readonly leavesOut: readonly ('pushes' | 'open-pushes' | 'pauses')[];
  /** Whether no desk notices that the server was restarted, because a pooler keeps their connections. */
  readonly isPooled: boolean;
  /** Whether the database has forgotten an acknowledged commit, and whether a desk was allowed to send while apart. */
  readonly hasForgotten: boolean;
  readonly hasSentApart: boolean;
  /** The time before which the customer was erased. */
  readonly erasedBefore: EpochMs | undefined;
  readonly left: Left;
};

/** Longer than a desk waits before it is apart; than a request counts as in flight; than every quarantine and silence. */
export const APART_MS = 31 * SECOND_MS;
export const SOON_MS = 4 * MINUTE_MS;
export const LATE_MS = 11 * MINUTE_MS;

const NOTHING_LEFT: Left = {
  times: 0,
  crashes: 0,
  cuts: 0,
  lostAnswers: 0,
  lateCalls: 0,
  failures: 0,
  restarts: 0,
  restores: 0,
  refusals: 0,
  erasures: 0,
  takeOvers: 0,
  forces: 0,
};
/** No fault, and time without end. */
export const PEACE: Left = { ...NOTHING_LEFT, times: 99 };

const SEEN_AT = NINE - 3600 * SECOND_MS;
/** A person forced it after an older SMS. */
export const FORCED = { forceReason: 'The customer lost it', seenSentAt: SEEN_AT } as const;

function aDesk(row: Row | undefined, isDirty: boolean): Desk {
  return {
    row,
    doing: { is: 'nothing' },
    isLinked: true,
    session: 'connected',
    lostAt: NINE,
    partooId: null,
    note: undefined,
    isDirty: row !== undefined && isDirty,
    isRefusalDirty: false,
    pushed: 0,
    pulled: 0,
    epoch: 1,
    wantedEpoch: 1,
    doNotContactSince: undefined,
  };
}

export const anInvitation = (id: string, changes: Parameters<typeof aRow>[0] = {}): Row =>
  aRow({ id, token: id, ...changes });

/** Which rows the desks have, and what can happen. */
type Start = Partial<Pick<World, 'partoo' | 'whenApart' | 'isPooled' | 'timesMs' | 'leavesOut'>> & {
  readonly rows?: 'unforced' | 'forced' | 'one-forced' | 'only-a' | 'only-a-forced';
  readonly left: Partial<Left>;
};

const LEFT_OUT = ['pushes', 'pauses'] as const;

/** Both desks have typed the same number; a forced row was forced after the same older SMS. */
export function aWorld({ rows = 'unforced', left, ...changes }: Start): World {
  const isForcedA = ['forced', 'one-forced', 'only-a-forced'].includes(rows);
  const a = anInvitation('A1', isForcedA ? FORCED : {});
  const b = rows.startsWith('only-a')
    ? undefined
    : anInvitation('B1', rows === 'forced' ? FORCED : {});
  const { leavesOut = LEFT_OUT } = changes;
  const isDirty = !leavesOut.includes('pushes') && !leavesOut.includes('open-pushes');
  const before = { id: 'before', at: SEEN_AT, by: 'before', begunAt: SEEN_AT } as const;
  return {
    now: NINE,
    desks: { A: aDesk(a, isDirty), B: aDesk(b, isDirty) },
    db: emptyDatabase(NAMES, NINE),
    late: [],
    flights: [],
    sms: isForcedA ? [before] : [],
    partoo: 'two-steps',
    whenApart: 'look',
    timesMs: [SOON_MS, LATE_MS],
    leavesOut,
    isPooled: false,
    hasForgotten: false,
    hasSentApart: false,
    erasedBefore: undefined,
    ...changes,
    left: { ...NOTHING_LEFT, ...left },
  };
}

/** The world after this desk has changed. */
export function withDesk(world: World, name: Name, change: Partial<Desk>): World {
  const desk = { ...world.desks[name], ...change };
  return { ...world, desks: { ...world.desks, [name]: desk } };
}

/** One of these events fewer can happen. */
export function spend(world: World, what: keyof Left): World {
  return { ...world, left: { ...world.left, [what]: world.left[what] - 1 } };
}

export const otherThan = (name: Name): Name => (name === 'A' ? 'B' : 'A');

/** Partoo's list, newest first. */
export function listed({ sms }: World): readonly KnownSend[] {
  return sms
    .map(({ id, at, by }) => ({ id, sentAt: at, by }))
    .toSorted((one, other) => other.sentAt - one.sentAt);
}

/** Whether Partoo would refuse an unforced SMS now. */
export function isClosed({ sms, now, partoo }: World): boolean {
  return partoo !== 'no-check' && sms.some(({ at }) => now - at < WINDOW_MS);
}
