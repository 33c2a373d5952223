import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinCheck, PinStatus } from '../../shared/pin.ts';
import { MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';
import type { HashedPin, PinVerbs } from '../store/tables/manager-pin.ts';

/** How long Settings stay unlocked without a change. */
export const IDLE_MS = 5 * MINUTE_MS;
/** Everybody mistypes: the delay begins with the next wrong try. */
const FREE_TRIES = 2;
const FIRST_WAIT_MS = 5 * SECOND_MS;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

/** RFC 7914; 32 MiB and about a third of a second on a reception PC. */
const SCRYPT = { cost: 2 ** 15, blockSize: 8, parallelism: 3 } as const;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** The unlock state of one run: it ends with the run and survives a reopened desk session. */
export type ManagerSession = {
  readonly isUnlocked: () => boolean;
  /** Unlocks until it is locked or idle for `IDLE_MS`. */
  readonly unlock: () => void;
  readonly lock: () => void;
  /** Time since the last PIN try. */
  readonly sinceTryMs: () => number;
  readonly noteTry: () => void;
  /** Runs one task after the other, so that parallel tries are counted one by one. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
};

/** Creates a locked session. Calls `onRelock` when it locks itself. */
export function createManagerSession(parts: {
  readonly clock: Clock;
  readonly onRelock: () => void;
}): ManagerSession {
  const { clock } = parts;
  let unlocked = false;
  let cancel = () => {};
  // The delay restarts with each start, so that neither a restart nor a clock that is set back shortens it.
  let triedAt = clock.elapsedMs();
  let last: Promise<unknown> = Promise.resolve();
  const lock = (): void => {
    cancel();
    unlocked = false;
  };
  return {
    isUnlocked: () => unlocked,
    unlock: () => {
      cancel();
      unlocked = true;
      cancel = clock.after(IDLE_MS, () => {
        lock();
        parts.onRelock();
      });
    },
    lock,
    sinceTryMs: () => clock.elapsedMs() - triedAt,
    noteTry: () => {
      triedAt = clock.elapsedMs();
    },
    inTurn: (task) => {
      const mine = last.then(task);
      last = mine.catch(() => {});
      return mine;
    },
  };
}

/** Decides who may change managers' settings. Without a PIN, everybody. */
export type Manager = {
  readonly standing: () => PinStatus;
  /** Whether Settings are unlocked; each call counts as activity. */
  readonly isAtWork: () => boolean;
  /** Checks a PIN. Counts a wrong try before checking; each one increases the delay. */
  readonly check: (typed: string) => Promise<PinCheck>;
  readonly unlock: (typed: string) => Promise<PinCheck>;
  readonly lock: () => void;
  /** Sets a PIN, or replaces `current`. Unlocks Settings. */
  readonly save: (current: string | null, next: string) => Promise<PinCheck>;
  readonly remove: (current: string) => Promise<PinCheck>;
};

/** Creates the PIN check for the settings of one desk session. */
export function createManager(parts: {
  readonly pins: PinVerbs;
  readonly session: ManagerSession;
  /** Logs what happened to the PIN, for a later investigation. */
  readonly note: (what: 'saved' | 'removed' | 'wrong') => void;
}): Manager {
  const { pins, session, note } = parts;

  const waitMs = (wrongTries: number): number =>
    Math.max(0, waitAfter(wrongTries) - session.sinceTryMs());

  const check = (typed: string): Promise<PinCheck> =>
    session.inTurn(async () => {
      const stored = pins.readPin();
      if (stored === undefined) return { kind: 'none' };
      const early = waitMs(stored.wrongTries);
      if (early > 0) return { kind: 'too-early', waitSeconds: inSeconds(early) };
      // Count before checking, so that killing the application during the check costs a try.
      const wrongTries = pins.countWrongTry();
      const isRight = await matches(typed, stored);
      session.noteTry();
      if (!isRight) {
        note('wrong');
        return wrong(waitAfter(wrongTries));
      }
      pins.forgiveWrongTries();
      return { kind: 'right' };
    });

  const whenRight = async (typed: string, then: () => Promise<void> | void): Promise<PinCheck> => {
    const checked = await check(typed);
    if (checked.kind === 'right') await then();
    return checked;
  };
  const keep = async (next: string): Promise<void> => {
    pins.savePin(await hashPin(next));
    session.unlock();
    note('saved');
  };

  return {
    standing: () => {
      const stored = pins.readPin();
      if (stored === undefined) return { kind: 'none' };
      if (session.isUnlocked()) return { kind: 'unlocked' };
      return { kind: 'locked', waitSeconds: inSeconds(waitMs(stored.wrongTries)) };
    },
    isAtWork: () => {
      if (pins.readPin() === undefined) return true;
      if (!session.isUnlocked()) return false;
      session.unlock();
      return true;
    },
    check,
    unlock: (typed) => whenRight(typed, session.unlock),
    lock: session.lock,
    save: async (current, next) => {
      if (pins.readPin() !== undefined) return whenRight(current ?? '', () => keep(next));
      await keep(next);
      return { kind: 'right' };
    },
    remove: (current) =>
      whenRight(current, () => {
        pins.removePin();
        note('removed');
      }),
  };
}

/** The delay after so many wrong tries: 5 s after the third, doubled each time. */
export function waitAfter(wrongTries: number): number {
  if (wrongTries <= FREE_TRIES) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (wrongTries - FREE_TRIES - 1), LONGEST_WAIT_MS);
}

const inSeconds = (ms: number): number => Math.ceil(ms / SECOND_MS);
const wrong = (ms: number): PinCheck => ({ kind: 'wrong', waitSeconds: inSeconds(ms) });

async function hashPin(pin: string): Promise<HashedPin> {
  const salt = randomBytes(SALT_BYTES);
  return { ...SCRYPT, salt, hash: await derive(pin, { ...SCRYPT, salt }) };
}

async function matches(typed: string, stored: HashedPin): Promise<boolean> {
  const hash = await derive(typed, stored);
  return hash.length === stored.hash.length && timingSafeEqual(hash, stored.hash);
}

function derive(
  pin: string,
  { salt, cost, blockSize, parallelism }: Omit<HashedPin, 'hash'>,
): Promise<Buffer> {
  // Twice the memory that scrypt needs; Node's default limit of 32 MiB is slightly too low.
  const maxmem = 2 * 128 * cost * blockSize;
  return new Promise((resolve, reject) => {
    scrypt(
      pin,
      salt,
      HASH_BYTES,
      { cost, blockSize, parallelization: parallelism, maxmem },
      (error, hash) => (error === null ? resolve(hash) : reject(error)),
    );
  });
}
