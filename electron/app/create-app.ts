import { effectiveSettings, withoutGaps, type Settings } from '../../shared/settings.ts';
import type { AppParts } from './app-parts.ts';
import { createBackOffice, type BackOffice } from '../settings/settings-service.ts';
import { chooseMode } from './mode.ts';
import type { Managed } from '../settings/managed-config.ts';
import { deskNews } from './desk-events.ts';
import { describeDesk, glanceAt, welcomeStep } from './desk-snapshot.ts';
import { createDoNotContactList } from '../do-not-contact/manage-list.ts';
import { holidaysFor } from './holidays-for.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { createKeptForm } from '../ipc/form-draft.ts';
import type { Handlers, StorageFailure } from '../ipc/serve.ts';
import {
  createManager,
  createManagerSession,
  type ManagerSession,
} from '../settings/manager-session.ts';
import { openDesk, type OpenDesk } from './desk-session.ts';
import { cannotOpen, openVendor, type Blocked } from './open-vendor.ts';
import type { Glance } from './desk-snapshot.ts';
import { createRateLimits, type RateLimits } from '../outbox/rate-limits.ts';
import { openSafe, type Safe, type SafeParts } from '../backup/backup-service.ts';
import { whyStorageFailed } from '../store/file/storage-errors.ts';
import type { Store } from '../store/store.ts';

export type App = {
  readonly handlers: Handlers;
  /** Opens the desk, or opens it anew; resolves when it works or when it is known why it cannot. */
  readonly open: () => Promise<void>;
  /** The desk as soon as it is open; undefined when something keeps it from opening. */
  readonly desk: () => Promise<OpenDesk | undefined>;
  /** What the log says now; undefined while it cannot be asked. */
  readonly glance: () => Glance | undefined;
  /** Whether something is typed in the form that is not saved. */
  readonly isFormFilled: () => boolean;
  /** Something may have changed: the PC woke up, the network came back. */
  readonly wake: () => Promise<void>;
  /** Storage trouble as the page may know it; undefined when the error is a bug. */
  readonly asFailure: (error: unknown) => StorageFailure | undefined;
  /** After a bug nobody caught: nothing leaves any more, and the banner says so under this reference. */
  readonly halt: (reference: string) => Promise<void>;
  /** Waits for what is in flight and lets go of everything. It can be opened again. */
  readonly close: () => Promise<void>;
};

/** A desk, and behind it the live log, which holds the settings in both modes. */
type Open = {
  readonly kind: 'open';
  readonly desk: OpenDesk;
  readonly backOffice: BackOffice;
  readonly live: Store;
  readonly safe: Safe;
};
type Standing = Open | Blocked;

/** Joins the parts. Knows nothing of Electron, so that a test can live a whole day in it. */
export function createApp(parts: AppParts): App {
  let latest: Standing = NOT_OPEN;
  let { start } = parts;
  let standing: Promise<Standing> = Promise.resolve(latest);

  const session = createManagerSession({
    clock: parts.clock,
    onRelock: () => parts.emit('desk.changed', {}),
  });
  let isMending = false;
  let isRetrying = false;

  const open = async (between: () => Promise<void> = async () => {}): Promise<void> => {
    standing = standing
      .then(async (before) => {
        latest = NOT_OPEN;
        await shut(before);
        await between();
      })
      .then(() => openStanding({ ...parts, start }, lasting));
    const now = await standing;
    latest = now;
    if (now.kind === 'open') now.desk.wake('person');
    else parts.log.write({ event: 'blocked', problem: now.problem.kind });
  };
  // SECURITY: a page may call this at any speed; a desk that is open is never shut and opened by it.
  const retry = async (): Promise<void> => {
    if ((await standing).kind === 'open' || isRetrying) return;
    isRetrying = true;
    await open().finally(() => {
      isRetrying = false;
    });
  };
  const reopen = async (): Promise<void> => {
    await open();
    parts.emit('desk.changed', {});
  };
  const lasting: Lasting = {
    session,
    limits: createRateLimits(parts.clock),
    reopen,
    mend: () => {
      // Once: what is damaged again at once is no longer a matter of the file.
      if (isMending) return;
      isMending = true;
      reopen().catch(parts.log.reportBug);
    },
    whileClosed: async <T>(work: () => Promise<T>): Promise<T> => {
      let done: Promise<T> | undefined;
      // What came of it is told once the desk is open again.
      await open(async () => {
        done = work();
        await done.catch(() => {});
      });
      parts.emit('desk.changed', {});
      if (done === undefined) throw new Error('the log could not be closed');
      return done;
    },
  };
  const whenOpen = async <T>(of: (open: Open) => T): Promise<T | undefined> => {
    const now = await standing;
    return now.kind === 'open' ? of(now) : undefined;
  };
  const desk = () => whenOpen((now) => now.desk);
  const backOffice = () => whenOpen((now) => now.backOffice);
  const safe = () => whenOpen((now) => now.safe);
  const leavePractice = async (): Promise<void> => {
    if ((await desk())?.mode === 'live') return;
    start = 'automatic';
    await reopen();
  };
  const readDesk = async () => {
    const now = await standing;
    if (now.kind === 'blocked') return { ...now, version: parts.version };
    return describeDesk(now.desk, parts, {
      gap: now.safe.gap(now.desk.now()),
      welcome: welcomeStep(now.desk.mode, start, now.live.readWelcome()),
    });
  };

  const keptForm = createKeptForm();
  const called = { ...parts, keptForm, retry, desk, backOffice, safe, readDesk, leavePractice };
  return {
    handlers: createHandlers(called),
    open: () => open(),
    desk,
    glance: () => (latest.kind === 'open' ? glanceAt(latest.desk) : undefined),
    isFormFilled: () => keptForm.recall() !== null,
    wake: async () => (await desk())?.wake('hint'),
    asFailure: (error) => {
      const why = whyStorageFailed(error);
      if (why === 'damaged' && latest.kind === 'open') latest.safe.damaged();
      return why === undefined ? undefined : { kind: 'storage', why };
    },
    halt: async (reference) => (await desk())?.halt(reference),
    close: async () => {
      standing = standing.then(async (last) => {
        latest = NOT_OPEN;
        await shut(last);
        return latest;
      });
      await standing;
    },
  };
}

/** Never shown: calls wait for the opening that begins before the page is there. */
const NOT_OPEN: Blocked = { kind: 'blocked', problem: { kind: 'bug', reference: '' } };

async function shut(standing: Standing): Promise<void> {
  if (standing.kind === 'blocked') return;
  await standing.desk.close();
  await standing.safe.stop();
  standing.live.close();
}

/** What outlives a desk. */
type Lasting = Pick<SafeParts, 'whileClosed'> & {
  /** Opens the desk anew. */
  readonly reopen: () => Promise<void>;
  /** Opens it anew because its log is damaged: that mends it. */
  readonly mend: () => void;
  readonly session: ManagerSession;
  /** A desk that is opened again does not start with a new allowance. */
  readonly limits: RateLimits;
};

async function openStanding(parts: AppParts, lasting: Lasting): Promise<Standing> {
  const managed = parts.readManaged();
  if (managed.kind === 'broken') return { kind: 'blocked', problem: managed.problem };
  try {
    const opening = await parts.openLiveLog();
    if (opening.kind === 'cannot-open') return cannotOpen(opening.why, parts.logFile('live'));
    const { store } = opening;
    // A log that stayed open would keep the next try from opening it.
    const opened = await openOn(parts, store, managed, lasting).catch((error: unknown) => {
      store.close();
      throw error;
    });
    if (opened.kind === 'blocked') store.close();
    return opened;
  } catch (error) {
    return { kind: 'blocked', problem: { kind: 'bug', reference: parts.log.reportBug(error) } };
  }
}

type ReadManaged = Extract<Managed, { kind: 'read' }>;

async function openOn(
  parts: AppParts,
  live: Store,
  managed: ReadManaged,
  lasting: Lasting,
): Promise<Standing> {
  const system = parts.systemCountry === undefined ? {} : { defaultCountry: parts.systemCountry };
  const readSettings = (): Settings =>
    effectiveSettings({ ...system, ...live.readSettings() }, managed.settings);
  let current = readSettings();
  const settings = () => current;
  const speak = () => parts.speak(settings().language ?? parts.systemLanguage);
  speak();
  const apiKey = parts.openApiKey(settings().apiUrl);
  const mode = await chooseMode(parts.start, live, apiKey);

  lasting.limits.follow(() => settings().requestsPerMinute);
  const real = { live, apiKey, settings, managed: managed.settings };
  const vendor = await openVendor(parts, mode, real);
  if (vendor.kind === 'blocked') return vendor;
  const safe = openSafe({
    ...parts,
    ...lasting,
    live,
    machine: parts.readMachine(),
    onDamage: lasting.mend,
    onSettled: () => {
      parts.emit('desk.changed', {});
      desk.wake('person');
    },
  });
  let holidays = await holidaysFor(parts, vendor.settings());
  const desk = openDesk({
    ...parts,
    ...vendor,
    mode,
    limits: lasting.limits[mode],
    belongsHere: async () => mode === 'practice' || (await safe.belongsHere()),
    isHoliday: (localDate) => {
      const { sendOnHolidays, defaultCountry: country, holidayRegion: region } = vendor.settings();
      return !sendOnHolidays && (holidays?.isHoliday({ country, region }, localDate) ?? false);
    },
    ...deskNews(parts, safe.damaged),
    reportBug: parts.log.reportBug,
    onErasing: (erasure) => (mode === 'live' ? safe.noteErasure(erasure) : () => {}),
    onRefused: mode === 'live' ? safe.keepSoon : () => {},
    onErased: (why) => {
      parts.emit('desk.changed', {});
      // What only grew too old is gone from the backups as they are replaced, day by day.
      if (why === 'customer' && mode === 'live') safe.eraseBackups();
    },
  });
  const backOffice = createBackOffice({
    ...parts,
    apiKey,
    managed,
    settings,
    desk,
    turns: lasting.limits.live.turns,
    pauses: live,
    doNotContact: createDoNotContactList({
      store: live,
      exportPort: parts.exportPort,
      chooseSource: parts.chooseList,
      onAdded: safe.keepSoon,
      endUnwanted: desk.endUnwanted,
      country: () => settings().defaultCountry,
      now: desk.now,
      newId: parts.newId,
    }),
    manager: createManager({
      pins: live,
      session: lasting.session,
      note: (what) => parts.log.write({ event: 'pin', what }),
    }),
    reopen: lasting.reopen,
    onKeyRemoved: live.keyWasRemoved,
    keepWelcome: (progress) => {
      live.keepWelcome(progress);
      parts.emit('desk.changed', {});
    },
    save: async (change) => {
      // First, so that nothing leaves on a holiday because its calendar is still being read.
      holidays ??= await holidaysFor(parts, { ...vendor.settings(), ...withoutGaps(change) });
      live.saveSettings(change);
      current = readSettings();
      speak();
      parts.emit('desk.changed', {});
      desk.settingsChanged();
    },
  });
  parts.log.write({ event: 'started', version: parts.version, mode });
  return { kind: 'open', desk, backOffice, live, safe };
}
