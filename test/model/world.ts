import type { HttpResult } from '../../electron/partoo/http-result.ts';
import type { Row } from '../../electron/outbox/store-port.ts';
import type { KnownSend } from '../../electron/outbox/partoo-port.ts';
import type { DataGap } from '../../shared/data-gap.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { WINDOW_MS } from '../../shared/resend-window.ts';
import { aRow, NINE } from '../support/builders/row.ts';
import { openRestores, type Restore } from './restore.ts';

type Business = 'own' | 'another';

/** A sent SMS. `claimed`: another invitation of this desk has its id. */
type Sms = {
  readonly id: string;
  readonly at: EpochMs;
  readonly by: 'us' | 'others';
  /** The business it was sent for: the row's own, or another one of the organisation. */
  readonly business: Business;
  readonly claimed: boolean;
};

/** A request that a slow vendor will carry out by then; whether it succeeds is decided already. */
type Flight = { readonly endsAt: EpochMs };

/** The whole world: one row of this desk, the vendor, the network, and the faults that may still occur. */
export type World = {
  readonly now: EpochMs;
  readonly row: Row;
  readonly sms: readonly Sms[];
  /** A time for which the database does not know what was sent. */
  readonly gap: DataGap | undefined;
  readonly flights: readonly Flight[];
  /** Requests of this row that have begun. */
  readonly begun: number;
  /** How many had begun when a person cancelled the row; undefined: never cancelled. */
  readonly begunWhenCalledOff: number | undefined;
  /** A backup with the row, or without it because the row was typed afterwards, and its time. */
  readonly backup: { readonly row: Row | undefined; readonly at: EpochMs } | undefined;
  /** What the ten days count for, and which business another desk sends for. */
  readonly windowScope: 'organisation' | 'business';
  readonly othersSendFor: Business;
  /** Whether it was sent although a search could have found another desk's SMS. */
  readonly overlooked: boolean;
  /** Whether Partoo's search works: sometimes, or never. */
  readonly search: 'sometimes' | 'never';
  /**
   * How often time may still pass, Deskbell may die, another desk may send, a request may fail before it begins, the
   * clock may be set during a send, a backup may be made and be restored.
   */
  readonly left: {
    readonly times: number;
    readonly crashes: number;
    readonly others: number;
    readonly failures: number;
    readonly jumps: number;
    readonly restores: number;
  };
};

/** Shorter than a quarantine, longer than each of them, and longer than an invitation is kept. */
export const TIMES_MS = [9 * MINUTE_MS, 31 * MINUTE_MS, 6 * DAY_MS] as const;
/** A request without an answer is carried out, and its SMS is listed, within this time or never. */
const SLOWEST_MS = 9 * MINUTE_MS + 50 * SECOND_MS;
/** Changes of the clock: every invitation would be too old, or none ever. */
export const JUMPS_MS = [4 * DAY_MS, -400 * DAY_MS] as const;

const LEFT = { times: 4, crashes: 1, others: 1, failures: 1, jumps: 0, restores: 0 };

/** A customer who was never invited. */
export const FRESH: World = {
  now: NINE,
  row: aRow(),
  sms: [],
  gap: undefined,
  flights: [],
  begun: 0,
  begunWhenCalledOff: undefined,
  backup: undefined,
  windowScope: 'organisation',
  othersSendFor: 'own',
  overlooked: false,
  search: 'sometimes',
  left: LEFT,
};

/** A second invitation, forced a minute after a first SMS that another desk sent and the person saw. */
export const FORCED: World = {
  ...FRESH,
  row: aRow({ forceReason: 'The customer lost it', seenSentAt: NINE - 60 * SECOND_MS }),
  sms: [{ id: 'seen', at: NINE - 60 * SECOND_MS, by: 'others', business: 'own', claimed: false }],
};

/** The same a day after the SMS that the person has seen. */
export const FORCED_NEXT_DAY: World = {
  ...FRESH,
  row: aRow({ forceReason: 'The customer lost it', seenSentAt: NINE - DAY_MS }),
  sms: [{ id: 'seen', at: NINE - DAY_MS, by: 'others', business: 'own', claimed: false }],
};

/** The same, but the first SMS is this desk's own, and Partoo's clock is ahead of ours. */
export const FORCED_AFTER_OWN: World = {
  ...FRESH,
  row: aRow({ forceReason: 'The customer lost it', seenSentAt: NINE - 90 * SECOND_MS }),
  sms: [{ id: 'own', at: NINE - 30 * SECOND_MS, by: 'others', business: 'own', claimed: true }],
};

/** The same while Partoo never answers a search. */
export const withoutSearch = (world: World): World => ({
  ...world,
  search: 'never',
  left: { ...world.left, times: 3 },
});

/** The same while the clock of the PC is set in the middle of a flush. */
export const withJump = (world: World): World => ({
  ...world,
  left: { ...world.left, times: 3, jumps: 1 },
});

/** The same while a backup is made at any time, and replaces the database at any later time. */
export const withRestore = (world: World): World => ({
  ...world,
  left: { times: 2, crashes: 0, others: 0, failures: 0, jumps: 0, restores: 1 },
});

/** The same after a backup was made, which replaces the database at any time. */
export const withEarlierBackup = (world: World): World => ({
  ...withRestore(world),
  backup: { row: undefined, at: BACKED_UP },
});

/** The same while the other desk sends for another business of the organisation. */
export const withAnotherBusiness = (world: World, windowScope: World['windowScope']): World => ({
  ...world,
  windowScope,
  othersSendFor: 'another',
  left: { ...world.left, times: 2 },
});

const BACKED_UP = NINE - 60 * SECOND_MS;
const RESTORED = NINE;

/** A customer who was never invited, typed after a restore. */
export const IN_GAP: World = {
  ...FRESH,
  gap: { why: 'restored', from: BACKED_UP, to: RESTORED, dated: 'by-partoo' },
};

/** A backup of a waiting row is restored. `sinceBackup`: whether the row was sent after the backup. */
export function afterRestore(
  before: World,
  sinceBackup: 'sent' | 'nothing',
  restore: Restore = restoreOnce,
): World {
  const at = {
    backup: before.row,
    current: undefined,
    database: 'damaged',
    from: BACKED_UP,
    to: RESTORED,
  } as const;
  const world: World = {
    ...before,
    now: RESTORED,
    row: restore(at),
    gap: { why: 'restored', from: BACKED_UP, to: RESTORED, dated: 'by-partoo' },
  };
  return sinceBackup === 'nothing' ? world : { ...smsOfUs(world, BACKED_UP + SECOND_MS), begun: 1 };
}

const restoreOnce: Restore = (at) => {
  const restores = openRestores();
  try {
    return restores.restore(at);
  } finally {
    restores.close();
  }
};

export function isForced({ row }: World): boolean {
  return row.invitation.forceReason !== null;
}

/** The SMS of this row. */
export function ours({ sms }: World): readonly Sms[] {
  return sms.filter(({ by }) => by === 'us');
}

/** Whether the vendor would accept a request for this row now. */
function isTaken(world: World): boolean {
  return isForced(world) || !isClosed(world, 'own');
}

function isClosed({ sms, now, windowScope }: World, business: Business): boolean {
  return sms.some(
    (one) =>
      now - one.at < WINDOW_MS && (windowScope === 'organisation' || one.business === business),
  );
}

const smsOfUs = (world: World, at: EpochMs): World => ({
  ...world,
  sms: [
    ...world.sms,
    { id: `us-${ours(world).length + 1}`, at, by: 'us', business: 'own', claimed: false },
  ],
});

/** The vendor carries the request out at once; its answer may be lost. */
export function serve(world: World): { readonly world: World; readonly answer: HttpResult } {
  if (!isTaken(world)) {
    return { world, answer: answered(400, { errors: { target_phone: 'Less than 10 days' } }) };
  }
  const next = smsOfUs(world, world.now);
  const id = next.sms.at(-1)?.id ?? '';
  return { world: next, answer: answered(200, { invitation_id: id, status: 'success' }) };
}

/** The request is in flight without an answer for a while. */
export function takeOff(world: World): World {
  if (!isTaken(world)) return world;
  return { ...world, flights: [...world.flights, { endsAt: world.now + SLOWEST_MS }] };
}

/** The possibilities while time passes: each request arrives, stays in flight, or is lost. */
export function passTime(world: World, byMs: number): readonly World[] {
  const now = world.now + byMs;
  const { left } = world;
  let worlds: readonly World[] = [
    { ...world, now, flights: [], left: { ...left, times: left.times - 1 } },
  ];
  for (const flight of world.flights) {
    const landsAt = Math.min(now, flight.endsAt);
    worlds = worlds.flatMap((one) => [
      smsOfUs(one, landsAt),
      flight.endsAt > now ? { ...one, flights: [...one.flights, flight] } : one,
    ]);
  }
  return worlds;
}

/** Another desk sends without force, if the vendor accepts it. */
export function sendByOthers(world: World): World | undefined {
  const { left, now, sms, othersSendFor: business } = world;
  if (left.others === 0 || isClosed(world, business)) return undefined;
  return {
    ...world,
    sms: [...sms, { id: 'others', at: now, by: 'others', business, claimed: false }],
    left: { ...left, others: left.others - 1 },
  };
}

/** The vendor's list for a business, newest first. */
export function listed({ sms, now }: World, business: Business): readonly KnownSend[] {
  return sms
    .filter((one) => one.business === business && now - one.at < WINDOW_MS)
    .map(({ id, at, by }) => ({ id, sentAt: at, by }))
    .toSorted((one, other) => other.sentAt - one.sentAt);
}

function answered(status: number, body: object): HttpResult {
  return {
    kind: 'answered',
    status,
    contentType: 'application/json',
    body: JSON.stringify(body),
    serverTime: undefined,
    retryAfterMs: undefined,
  };
}
