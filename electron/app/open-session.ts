import type { AppParts } from './app-parts.ts';
import { chooseMode, type Mode } from './choose-mode.ts';
import { deskEvents } from './desk-events.ts';
import { cannotOpen, openBackend, type Blocked } from './open-backend.ts';
import { loadSharing } from './load-sharing.ts';
import { openOutbox, type Outbox } from './open-outbox.ts';
import { createSettingsState } from './settings-state.ts';
import {
  createBackupService,
  type BackupService,
  type BackupServiceParts,
} from '../backup/backup-service.ts';
import { createDatabaseOwner, type DatabaseOwner } from '../backup/database-owner.ts';
import { createListManager } from '../do-not-contact/manage-list.ts';
import { exportSites, type SitesExported } from '../export/sites-export.ts';
import type { Holidays } from '../os/holidays.ts';
import type { RateLimits } from '../outbox/rate-limits.ts';
import type { SchedulingRules } from '../outbox/rules/send-time.ts';
import { isStaffShared, NO_CENTRAL, readCentral } from '../../shared/central-settings.ts';
import type { ManagedConfig } from '../settings/managed-config.ts';
import { createManager, type ManagerSession } from '../settings/manager-session.ts';
import { createSettingsService, type SettingsService } from '../settings/settings-service.ts';
import { recordDamage } from '../store/file/recorded-starts.ts';
import type { Store } from '../store/store.ts';
import { withoutGaps, type Settings } from '../../shared/settings.ts';

/** The parts of one desk session. */
export type DeskSession = Outbox & {
  readonly kind: 'open';
  readonly mode: Mode;
  readonly settingsService: SettingsService;
  readonly backupService: BackupService;
  readonly owner: DatabaseOwner;
  /** Writes the counts of all sites to a file, at a desk of the office. */
  readonly exportSites: () => Promise<SitesExported>;
  /** The live database, which holds the settings in both modes. */
  readonly live: Pick<Store, 'readGap' | 'readWelcome'>;
  /** Called when damage is found in the database: the next opening repairs it. */
  readonly onDamage: () => void;
  /** Waits for requests in flight, then closes everything. */
  readonly close: () => Promise<void>;
};

/** What all sessions of a run share. */
export type AppScope = Pick<BackupServiceParts, 'withDatabaseClosed'> & {
  /** Closes the session and opens another one. */
  readonly reopen: () => Promise<void>;
  /** Reopens the session because its database is damaged: opening repairs it. */
  readonly reopenDamaged: () => void;
  readonly managerSession: ManagerSession;
  /** Shared, so that a reopened session does not start with a new allowance. */
  readonly limits: RateLimits;
};

/** Opens the live database and a desk session on it, or returns why that failed. */
export async function openSession(
  parts: AppParts,
  scope: AppScope,
): Promise<DeskSession | Blocked> {
  const managed = parts.readManagedConfig();
  if (managed.kind === 'broken') return { kind: 'blocked', problem: managed.problem };
  try {
    const opening = await parts.openLiveDatabase();
    if (opening.kind === 'cannot-open') return cannotOpen(opening.why, parts.databaseFile('live'));
    const { store } = opening;
    // Close the database: one that stayed open would block the next try.
    const opened = await openOn(parts, store, managed, scope).catch((error: unknown) => {
      store.close();
      throw error;
    });
    if (opened.kind === 'blocked') store.close();
    return opened;
  } catch (error) {
    return { kind: 'blocked', problem: { kind: 'bug', reference: parts.log.reportBug(error) } };
  }
}

type ReadManaged = Extract<ManagedConfig, { kind: 'read' }>;

async function openOn(
  parts: AppParts,
  live: Store,
  managed: ReadManaged,
  scope: AppScope,
): Promise<DeskSession | Blocked> {
  const state = createSettingsState({
    store: live,
    system: parts.systemCountry === undefined ? {} : { defaultCountry: parts.systemCountry },
    fixed: managed.settings,
    central: managed.settings.siteDatabase ? readCentral(live.readSharing()?.settings) : NO_CENTRAL,
  });
  const settings = state.read;
  let isClosed = false;
  const applyLanguage = (): void => parts.speak(settings().language ?? parts.systemLanguage);
  applyLanguage();
  const apiKey = parts.openApiKey(settings().apiUrl);
  const mode = await chooseMode(parts.start, live, apiKey);

  const real = { live, apiKey, settings, managed: managed.settings };
  const backend = await openBackend(parts, mode, real);
  if (backend.kind === 'blocked') return backend;
  const onDamage = (): void => {
    recordDamage(parts.files.sentinel);
    scope.reopenDamaged();
  };
  const owner = createDatabaseOwner({ ...parts, live, machine: parts.readMachine() });
  const backupService = createBackupService({ ...parts, ...scope, live, onDamage });
  const holidays = await openHolidays(parts, backend.settings);
  const openSharing = await loadSharing(parts, {
    mode,
    live,
    settings: settings(),
    onStatus: (status) => parts.emit('otherDesks.changed', status),
    onSettings: async (central) => {
      await holidays.loadFor({ ...backend.settings(), ...withoutGaps(central.settings) });
      if (isClosed) return;
      const isNew = !isStaffShared(state.central()) && isStaffShared(central);
      state.setCentral(central);
      // The shared list begins with the names of all desks.
      const missing = state.ownStaff().filter((name) => !settings().staff.includes(name));
      if (isNew && missing.length > 0) await outbox.sharing?.staff.change(missing, []);
    },
  });
  const outbox = openOutbox({
    ...parts,
    ...backend,
    limits: scope.limits[mode],
    belongsHere: async () => mode === 'practice' || (await owner.belongsHere()),
    isHoliday: holidays.isHoliday,
    openSharing,
    ...deskEvents(parts, onDamage),
    reportBug: parts.log.reportBug,
    onErasing: (erasure) =>
      mode === 'live' ? backupService.recordPendingErasure(erasure) : () => {},
    onRefused: mode === 'live' ? backupService.backUpSoon : () => {},
    onErased: (why) => {
      parts.emit('app.changed', {});
      // Erase at once only after a customer's request; rows deleted by age disappear as the daily backups are
      // replaced.
      if (why === 'customer' && mode === 'live') backupService.eraseBackups();
    },
  });
  const saves = (): number => settings().requestsPerMinute;
  scope.limits.follow({
    saves,
    // The organisation's rate is shared; a desk alone has its own part from the settings.
    requests: () => outbox.sharing?.requestsPerMinute() ?? saves(),
  });
  state.onChange(() => {
    applyLanguage();
    parts.emit('app.changed', {});
    outbox.settingsChanged();
  });
  const settingsService = createSettingsService({
    ...parts,
    apiKey,
    managed,
    settings,
    mode,
    requests: outbox.requests,
    connection: outbox.courier.connection,
    central: state.central,
    ownStaff: state.ownStaff,
    sharedStaff: outbox.sharing?.staff,
    countAll: outbox.store.countAll,
    rateLimiter: scope.limits.live.rateLimiter,
    pauses: live,
    doNotContact: createListManager({
      store: live,
      exportPort: parts.exportPort,
      chooseSource: parts.chooseList,
      onAdded: outbox.onRefused,
      onRemoved: outbox.removedRefusal,
      endUnwanted: outbox.endUnwanted,
      country: () => settings().defaultCountry,
      now: outbox.clock.now,
      newId: parts.newId,
    }),
    manager: createManager({
      pins: live,
      session: scope.managerSession,
      note: (what) => parts.log.write({ event: 'pin', what }),
    }),
    reopen: scope.reopen,
    onKeyRemoved: live.keyWasRemoved,
    keepWelcome: (progress) => {
      live.keepWelcome(progress);
      parts.emit('app.changed', {});
    },
    save: async (change) => {
      // Load first, so that nothing is sent on a holiday while its calendar is still being read.
      await holidays.loadFor({ ...backend.settings(), ...withoutGaps(change) });
      state.save(change);
    },
  });
  const settle: DatabaseOwner['settle'] = async (as) => {
    const settled = await owner.settle(as);
    if (settled === 'settled') {
      parts.emit('app.changed', {});
      outbox.courier.wake('person');
    }
    return settled;
  };
  parts.log.write({ event: 'started', version: parts.version, mode });
  return {
    ...outbox,
    kind: 'open',
    mode,
    settingsService,
    backupService,
    owner: { ...owner, settle },
    exportSites: () =>
      exportSites({
        ...parts.exportPort,
        readReport: outbox.otherDesks.readReport,
        now: outbox.clock.now,
      }),
    live,
    onDamage,
    close: async () => {
      isClosed = true;
      await outbox.close();
      await backupService.stop();
      live.close();
    },
  };
}

/** Tells public holidays. Their calendar is loaded only where sending hours need it: never in practice. */
async function openHolidays(
  { loadHolidays }: Pick<AppParts, 'loadHolidays'>,
  settings: () => Settings,
): Promise<Pick<SchedulingRules, 'isHoliday'> & { loadFor: (next: Settings) => Promise<void> }> {
  let calendar: Holidays | undefined;
  const loadFor = async ({ sendingHours, sendOnHolidays }: Settings): Promise<void> => {
    if (sendingHours !== null && !sendOnHolidays) calendar ??= await loadHolidays();
  };
  await loadFor(settings());
  return {
    loadFor,
    isHoliday: (localDate) => {
      const { sendOnHolidays, defaultCountry: country, holidayRegion: region } = settings();
      return !sendOnHolidays && (calendar?.isHoliday({ country, region }, localDate) ?? false);
    },
  };
}
