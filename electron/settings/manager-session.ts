import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinCheck, PinStatus } from '../../shared/pin.ts';
import { MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';
import type { HashedPin, PinVerbs } from '../store/tables/manager-pin.ts';

/** How long Settings stay unlocked when nobody changes anything. */
export const IDLE_MS = 5 * MINUTE_MS;
/** Everybody mistypes: the waiting begins with the wrong try after these. */
const FREE_TRIES = 2;
const FIRST_WAIT_MS = 5 * SECOND_MS;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

/** RFC 7914; 32 MiB and about a third of a second on a reception PC. */
const SCRYPT = { cost: 2 ** 15, blockSize: 8, parallelism: 3 } as const;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** What one run of the application remembers: nothing of it outlives the run, all of it outlives a desk. */
export type ManagerSession = {
  readonly isUnlocked: () => boolean;
  /** From now on, until it is locked or nobody has done anything for `IDLE_MS`. */
  readonly unlock: () => void;
  readonly lock: () => void;
  /** How long ago a PIN was tried last. */
  readonly sinceTryMs: () => number;
  readonly noteTry: () => void;
  /** Runs one task after the other, so that tries at the same time are still counted one by one. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
};

/** A session in which nothing is unlocked yet. `onRelock` is told when it locks itself. */
export function createManagerSession(parts: {
  readonly clock: Clock;
  readonly onRelock: () => void;
}): ManagerSession {
  const { clock } = parts;
  let unlocked = false;
  let cancel = () => {};
  // Waiting begins anew with each start, so that neither a restart nor a clock that is set back makes it shorter.
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

/** Who may change what managers change. Without a PIN, everybody. */
export type Manager = {
  readonly standing: () => PinStatus;
  /** Whether a manager is at work; each time that it is asked counts as work. */
  readonly isAtWork: () => boolean;
  /** Checks a PIN. Wrong ones are counted before they are checked, and make everybody wait longer and longer. */
  readonly check: (typed: string) => Promise<PinCheck>;
  readonly unlock: (typed: string) => Promise<PinCheck>;
  readonly lock: () => void;
  /** Sets a PIN, or another one in place of `current`. Whoever sets it is at work. */
  readonly save: (current: string | null, next: string) => Promise<PinCheck>;
  readonly remove: (current: string) => Promise<PinCheck>;
};

/** The guard before the settings of one desk. */
export function createManager(parts: {
  readonly pins: PinVerbs;
  readonly session: ManagerSession;
  /** What happened to the PIN, for whoever looks into it afterwards. */
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
      // Before the look, so that killing the application in the middle of it costs a try.
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

/** How long everybody waits after so many wrong tries: 5 s after the third, then twice as long each time. */
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
  // Twice what it needs; Node's own limit of 32 MiB is a little too low.
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
