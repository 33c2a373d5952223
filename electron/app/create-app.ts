import type { DeskSnapshot } from '../../shared/desk-snapshot.ts';
import type { AppParts } from './app-parts.ts';
import { deskSnapshot, readDeskStatus, welcomeStep, type DeskStatus } from './desk-snapshot.ts';
import { openSession, type AppScope, type DeskSession } from './open-session.ts';
import type { Blocked } from './open-backend.ts';
import { readOpenGap } from '../backup/data-gap.ts';
import type { StorageFailure } from '../ipc/serve.ts';
import { createRateLimits } from '../outbox/rate-limits.ts';
import { createManagerSession } from '../settings/manager-session.ts';
import { classifyStorageError } from '../store/file/storage-errors.ts';

export type App = {
  /** Opens or reopens the desk session; resolves when it works or when the reason why it cannot is known. */
  readonly open: () => Promise<void>;
  /** Opens the desk session where it is blocked; an open one stays as it is. */
  readonly retry: () => Promise<void>;
  /** Ends practice; the next session is live if a key or a live database exists. */
  readonly leavePractice: () => Promise<void>;
  /** The desk session, as soon as it is open; undefined when something blocks it. */
  readonly session: () => Promise<DeskSession | undefined>;
  /** The current counts of the database; undefined while it cannot be read. */
  readonly deskStatus: () => DeskStatus | undefined;
  /** Reads what the page shows at its start. */
  readonly readSnapshot: () => Promise<DeskSnapshot>;
  /** Called when something may have changed: the PC woke up, or the network came back. */
  readonly wake: () => Promise<void>;
  /** Storage trouble in the form that the page may see; undefined when the error is a bug. */
  readonly asFailure: (error: unknown) => StorageFailure | undefined;
  /** Stops all sending after an uncaught bug; the banner shows this reference. */
  readonly halt: (reference: string) => Promise<void>;
  /** Waits for requests in flight and closes everything. `open` may be called again. */
  readonly close: () => Promise<void>;
};

/** Joins the parts. Does not import Electron, so that a test can run a whole day in it. */
export function createApp(parts: AppParts): App {
  let { start } = parts;
  let latest: DeskSession | Blocked = NOT_OPEN;
  let state: Promise<DeskSession | Blocked> = Promise.resolve(latest);
  let isReopeningDamaged = false;
  let isRetrying = false;
  const scope: AppScope = {
    managerSession: createManagerSession({
      clock: parts.clock,
      onRelock: () => parts.emit('app.changed', {}),
    }),
    limits: createRateLimits(parts.clock),
    reopen,
    reopenDamaged,
    withDatabaseClosed,
  };

  /** Closes the session, runs `between` while the database is closed, and opens the next session. */
  async function open(between: () => Promise<void> = async () => {}): Promise<void> {
    state = state
      .then(async (before) => {
        latest = NOT_OPEN;
        if (before.kind === 'open') await before.close();
        await between();
      })
      .then(() => openSession({ ...parts, start }, scope));
    const now = await state;
    latest = now;
    if (now.kind === 'open') now.courier.wake('person');
    else parts.log.write({ event: 'blocked', problem: now.problem.kind });
  }
  async function reopen(between?: () => Promise<void>): Promise<void> {
    await open(between);
    parts.emit('app.changed', {});
  }
  function reopenDamaged(): void {
    // Repair once only: if the database is damaged again at once, the file is not the cause.
    if (isReopeningDamaged) return;
    isReopeningDamaged = true;
    reopen().catch(parts.log.reportBug);
  }
  async function withDatabaseClosed<T>(work: () => Promise<T>): Promise<T> {
    let done: Promise<T> | undefined;
    // The page gets the result once the session is open again.
    await reopen(async () => {
      done = work();
      await done.catch(() => {});
    });
    if (done === undefined) throw new Error('the database could not be closed');
    return done;
  }
  // SECURITY: a page may call this at any rate; it never closes and reopens a desk session that is open.
  async function retry(): Promise<void> {
    if ((await state).kind === 'open' || isRetrying) return;
    isRetrying = true;
    await open().finally(() => {
      isRetrying = false;
    });
  }

  const session = async (): Promise<DeskSession | undefined> => {
    const now = await state;
    return now.kind === 'open' ? now : undefined;
  };
  const leavePractice = async (): Promise<void> => {
    if ((await session())?.mode === 'live') return;
    start = 'automatic';
    await reopen();
  };
  const readSnapshot = async (): Promise<DeskSnapshot> => {
    const now = await state;
    if (now.kind === 'blocked') return { ...now, version: parts.version };
    return deskSnapshot(now, parts, {
      // Until a person has decided about a copy, it has nothing else to report.
      gap: now.owner.isCopy() ? null : readOpenGap(now.live, now.clock.now()),
      welcome: welcomeStep(now.mode, start, now.live.readWelcome()),
    });
  };

  return {
    open: () => open(),
    retry,
    leavePractice,
    session,
    readSnapshot,
    deskStatus: () => (latest.kind === 'open' ? readDeskStatus(latest) : undefined),
    wake: async () => (await session())?.courier.wake('event'),
    asFailure: (error) => {
      const why = classifyStorageError(error);
      if (why === 'damaged' && latest.kind === 'open') latest.onDamage();
      return why === undefined ? undefined : { kind: 'storage', why };
    },
    halt: async (reference) => (await session())?.courier.halt(reference),
    close: async () => {
      state = state.then(async (last) => {
        latest = NOT_OPEN;
        if (last.kind === 'open') await last.close();
        return latest;
      });
      await state;
    },
  };
}

/** Never shown: calls wait for the first opening, which begins before the page is there. */
const NOT_OPEN: Blocked = { kind: 'blocked', problem: { kind: 'bug', reference: '' } };
