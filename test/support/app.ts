import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createApp, type App } from '../../electron/app/create-app.ts';
import type { AppParts } from '../../electron/app/app-parts.ts';
import type { Handlers } from '../../electron/ipc/serve.ts';
import { readManagedConfig } from '../../electron/settings/managed-config.ts';
import { ROOTS } from './file-owner.ts';
import { createEventLog } from '../../electron/event-log.ts';
import { openApiKey, openKeychainEntry } from '../../electron/os/api-key.ts';
import { accountOf } from '../../electron/sharing/credentials.ts';
import { createSharing } from '../../electron/sharing/sharing.ts';
import { openSiteClient } from '../../electron/site/open-site-client.ts';
import { loadHolidays } from '../../electron/os/holidays.ts';
import { openPartoo } from '../../electron/partoo/open-partoo.ts';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { openSimulator, type Simulator } from '../../electron/practice/simulator.ts';
import type { PracticeRules } from '../../electron/practice/rules.ts';
import { loadTranslations } from '../../electron/i18n/translations.ts';
import { checkCopy } from '../../electron/store/file/check-copy.ts';
import {
  openLiveDatabase,
  type LiveDatabaseParts,
} from '../../electron/store/file/open-live-database.ts';
import { openStore, type StoreOpening } from '../../electron/store/file/open-store.ts';
import type { Store } from '../../electron/store/store.ts';
import { createIpcClient, type IpcClient } from '../../renderer/ipc/client.ts';
import { connectionSchema, type Connection } from '../../shared/connection.ts';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import type { Invitation, State } from '../../shared/invitation.ts';
import type { EventName } from '../../shared/ipc/bridge.ts';
import { events } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/time.ts';
import { e164Schema, type E164 } from '../../shared/phone/e164.ts';
import { bridgeTo } from './bridge.ts';
import { createFakeClock, type FakeClock } from './clock.ts';
import { handlersOf } from './handlers.ts';
import { keepingItsPort } from './held-port.ts';
import { createKeychain, type TestKeychain } from './keychain.ts';
import { countPending, type Pending } from './wait-until-idle.ts';

/** Monday 23 November 2026, 09:00 UTC. */
export const NINE = Date.UTC(2026, 10, 23, 9);

export const [HOTEL, RESTAURANT] = PRACTICE_BUSINESSES;
const BUSINESSES = [HOTEL, RESTAURANT].map(({ id, name }) => ({ id, name }));

/** What Partoo may count its ten days for. It is not documented which is right: both must be safe. */
export const WINDOW_SCOPES = ['business', 'organisation'] as const satisfies readonly WindowScope[];
export type WindowScope = PracticeRules['windowScope'];

/** A number of the range that France reserves for fiction: +33639980000 to 99. */
export function aPhone(last: number): E164 {
  return e164Schema.parse(`+336399800${String(last).padStart(2, '0')}`);
}

/** Long enough that only a deliberately hanging request reaches them: sockets use real time. */
const LIMITS = {
  connectMs: 4_000,
  headersMs: 4_000,
  bodyMs: 4_000,
  totalMs: 5_000,
  maxBytes: 64 * 1024,
};

/** The only key that the simulator accepts. */
export const VENDOR_KEY = 'practice-key-that-opens-nothing';

type Options = {
  /** When the day begins; `NINE` by default. */
  readonly startAt?: number;
  readonly rules?: Partial<PracticeRules>;
  /** The key that the keychain holds; null for none. */
  readonly key?: string | null;
  /** The text of the managed configuration; by default it sets the vendor, its businesses and no undo time. */
  readonly config?: (apiUrl: string) => string;
  readonly start?: AppParts['start'];
  readonly random?: () => number;
  /** Wraps the store that the application uses. */
  readonly wrapStore?: (store: Store) => Store;
  readonly openSimulator?: AppParts['openSimulator'];
  /** Called when a manager leaves the kiosk. */
  readonly onLeave?: () => void;
  /** The number format of the PC; British by default. */
  readonly regionalFormat?: string;
  /** The file that a person chooses for an export; undefined: none. */
  readonly chooseFile?: (suggestedName: string) => string | undefined;
  /** A person's answer about another host; yes by default. */
  readonly confirmHost?: (host: string) => 'yes' | 'no';
  /** A person's answer about replacing or removing a stored key; yes by default. */
  readonly confirmKey?: (host: string, change: 'replace' | 'remove') => 'yes' | 'no';
  /** Another desk with the same Partoo and the same time. */
  readonly beside?: TestApp;
  /** Further entries of the keychain, by account. */
  readonly keychainEntries?: Readonly<Record<string, string>>;
  /** The file that a person chooses for an import; undefined: none. */
  readonly chooseList?: () => string | undefined;
};

export type TestApp = {
  /** Knows when all desks that share one Partoo have settled. */
  readonly pending: Pending;
  readonly clock: FakeClock;
  readonly vendor: Simulator;
  readonly keychain: TestKeychain;
  readonly folder: string;
  readonly databaseFile: string;
  readonly app: () => App & { readonly handlers: Handlers };
  readonly call: IpcClient['call'];
  readonly draft: (last: number, changes?: Partial<InvitationDraft>) => InvitationDraft;
  /** Saves an invitation; throws when it is refused. */
  readonly invite: (last: number, changes?: Partial<InvitationDraft>) => Promise<Invitation>;
  /** All invitations, ended or not, by number and then by age. */
  readonly invitations: () => Promise<readonly Invitation[]>;
  readonly find: (id: string) => Promise<Invitation>;
  readonly states: () => Promise<readonly State[]>;
  readonly connections: () => readonly Connection[];
  readonly emitted: () => readonly EventName[];
  /** The bodies of the send requests that Partoo has read, oldest first. */
  readonly posts: () => readonly unknown[];
  /** Resolves when everything has settled and waits for time, a person or the network. */
  readonly rest: () => Promise<void>;
  /** Stops waiting for the requests that are in flight now. */
  readonly leaveUnderWay: () => void;
  readonly writeConfig: (text: string) => void;
  /** Quits and starts again. */
  readonly restart: () => Promise<void>;
  /** The process dies: what is not on disk is lost, requests in flight go on. */
  readonly crash: () => void;
  /** Starts again after a crash, by default on the same files. */
  readonly boot: (
    folder?: string,
    machine?: string | null,
    how?: Partial<Arrival>,
  ) => Promise<void>;
  /** The reported bugs, which then count as expected. */
  readonly takeBugs: () => readonly unknown[];
  readonly close: () => Promise<void>;
};

/** One PC with Deskbell: everything is real except time, the keychain and the vendor, which is the simulator. */
export async function openTestApp(options: Options = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-app-'));
  const { beside } = options;
  const pending = beside?.pending ?? countPending();
  const clock = beside?.clock ?? createFakeClock(options.startAt ?? NINE, () => pending.rest());
  const vendor =
    beside?.vendor ??
    keepingItsPort(await openSimulator({ clock, key: VENDOR_KEY, rules: options.rules ?? {} }));
  const host = vendor.apiUrl.host;
  const key = options.key === undefined ? VENDOR_KEY : options.key;
  const keychain = createKeychain({
    ...(key === null ? {} : { [host]: key }),
    ...options.keychainEntries,
  });
  const configFile = join(folder, 'config.json');
  const records = mkdtempSync(join(tmpdir(), 'deskbell-records-'));
  const writeConfig = (text: string) => writeFileSync(configFile, text);
  writeConfig((options.config ?? defaultConfig)(vendor.apiUrl.href));

  const world: World = {
    options,
    clock,
    keychain,
    configFile,
    pending,
    records,
    machine: 'reception',
    formerMachines: [],
    isRoaming: false,
  };
  let running = startRun(world, folder);
  await running.app.open();
  await pending.rest();

  let bugs: readonly unknown[] = [];
  const gatherBugs = () => {
    bugs = [...bugs, ...running.takeBugs()];
  };
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await running.app.close();
    if (beside === undefined) await vendor.close();
    for (const used of [folder, records]) rmSync(used, { recursive: true, force: true });
    gatherBugs();
    if (bugs.length > 0) throw new Error('bugs were reported', { cause: bugs[0] });
  };
  onTestFinished(close);

  const call: IpcClient['call'] = (name, input) => running.ipc.call(name, input);
  const draft = (last: number, changes: Partial<InvitationDraft> = {}): InvitationDraft => ({
    token: randomUUID(),
    phone: aPhone(last),
    name: 'Marie Dupont',
    businessId: HOTEL.id,
    staff: null,
    consented: false,
    message: null,
    force: null,
    replaces: null,
    ...changes,
  });
  const invitations = async () => {
    const open = valueOf(await call('outbox.list', {}));
    const finished = valueOf(await call('history.list', { before: null, limit: 200 }));
    const place = ({ phone, queuedAt }: Invitation) => `${phone} ${queuedAt}`;
    return [...finished.invitations, ...open].toSorted((one, other) =>
      place(one).localeCompare(place(other)),
    );
  };
  const find = async (id: string) => {
    const found = (await invitations()).find((invitation) => invitation.id === id);
    if (found === undefined) throw new Error(`the invitation ${id} is missing`);
    return found;
  };

  return {
    pending,
    clock,
    vendor,
    keychain,
    folder,
    databaseFile: join(folder, 'deskbell.db'),
    app: () => running.app,
    call,
    draft,
    invite: async (last, changes) =>
      valueOf(await call('invitation.enqueue', draft(last, changes))),
    invitations,
    find,
    states: async () => (await invitations()).map(({ progress }) => progress.state),
    connections: () => running.connections(),
    emitted: () => running.emitted(),
    posts: () =>
      vendor
        .received()
        .filter(({ method }) => method === 'POST')
        .map(({ body }) => body),
    rest: () => pending.rest(),
    leaveUnderWay: () => pending.forget(),
    writeConfig,
    restart: async () => {
      await running.app.close();
      gatherBugs();
      running = startRun(world, folder);
      await running.app.open();
      await pending.rest();
    },
    crash: () => {
      gatherBugs();
      running.die();
      pending.forget();
    },
    boot: async (other = folder, machine: string | null = world.machine, how = {}) => {
      running = startRun({ ...world, ...how, machine }, other);
      await running.app.open();
      await pending.rest();
    },
    takeBugs: () => {
      gatherBugs();
      const taken = bugs;
      bugs = [];
      return taken;
    },
    close,
  };
}

/** The value of a successful answer. */
export function valueOf<T>(
  answer:
    { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: object },
): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.failure)}`);
  return answer.value;
}

export function defaultConfig(apiUrl: string): string {
  return configWith(apiUrl, {});
}

/** The default configuration with other settings. */
export function configWith(apiUrl: string, settings: object): string {
  const usual = {
    apiUrl,
    businesses: BUSINESSES,
    undoSeconds: 0,
    sendingHours: null,
    requestsPerMinute: 300,
  };
  return JSON.stringify({ ...usual, ...settings }, null, 2);
}

/** How a PC uses a data folder. */
type Arrival = {
  /** The ids that earlier versions would give this PC. */
  readonly formerMachines: readonly string[];
  /** Whether the folder roams with its user. */
  readonly isRoaming: boolean;
};

/** The PC of a run: its clock, keychain and files. */
type World = Arrival & {
  readonly options: Options;
  readonly clock: Clock;
  readonly keychain: TestKeychain;
  readonly configFile: string;
  /** Where each PC records its starts. */
  readonly records: string;
  /** Sees the requests of the run, and the calls to its site database. */
  readonly pending: Pick<Pending, 'watch' | 'watchSite'>;
  /** The id of the PC that it runs on; null when the PC has none. */
  readonly machine: string | null;
};

/** Creates one run of the application, which lasts until it is closed or dies. It needs no test around it. */
export function startRun(world: World, folder: string) {
  const { options, keychain, configFile, pending, machine } = world;
  // Its timers end with the process.
  let isDead = false;
  const clock: Clock = {
    ...world.clock,
    after: (delayMs, task) =>
      world.clock.after(delayMs, () => {
        if (!isDead) task();
      }),
  };
  let emitted: readonly EventName[] = [];
  let connections: readonly Connection[] = [];
  let bugs: readonly unknown[] = [];
  let stores: readonly Store[] = [];
  const log = createEventLog({
    folder: join(folder, 'logs'),
    now: clock.now,
    newReference: () => randomUUID().slice(0, 8),
  });
  const reportBug = (error: unknown): string => {
    bugs = [...bugs, error];
    return log.reportBug(error);
  };
  const files: LiveDatabaseParts = {
    path: join(folder, 'deskbell.db'),
    sentinel: join(folder, 'log-memory.json'),
    startRecords: join(world.records, machine ?? 'unknown'),
    backups: join(folder, 'backups'),
    reservedSpace: join(folder, 'room-to-write'),
    now: clock.now,
    onBadRow: throwBadRow,
    checkCopy: async (path) => checkCopy(path),
    pause: async () => {},
  };
  const keep = (opening: StoreOpening): StoreOpening => {
    if (opening.kind !== 'open') return opening;
    stores = [...stores, opening.store];
    return { ...opening, store: options.wrapStore?.(opening.store) ?? opening.store };
  };
  const deskbell = createApp({
    version: '9.8.7',
    clock,
    random: options.random ?? (() => 0.5),
    newId: randomUUID,
    log: { ...log, reportBug },
    start: options.start ?? 'automatic',
    systemCountry: undefined,
    systemLanguage: 'en',
    systemLocale: 'en-GB',
    speak: () => {},
    practiceBusinesses: BUSINESSES,
    readManagedConfig: () => readManagedConfig({ named: undefined, machine: configFile }, ROOTS),
    databaseFile: (mode) =>
      mode === 'live' ? join(folder, 'deskbell.db') : join(folder, 'practice', 'deskbell.db'),
    openStore: (path) => keep(openStore({ path, now: clock.now, onBadRow: throwBadRow })),
    files,
    openLiveDatabase: async () => keep(await openLiveDatabase(files)),
    readMachine: async () =>
      machine === null ? undefined : { id: machine, formerIds: world.formerMachines },
    isRoaming: async () => world.isRoaming,
    openSimulator: options.openSimulator ?? (() => openSimulator({ clock })),
    loadHolidays,
    platform: {},
    chooseList: async () => options.chooseList?.(),
    confirmHost: async (host) => options.confirmHost?.(host) ?? 'yes',
    confirmKey: async (host, change) => options.confirmKey?.(host, change) ?? 'yes',
    copyText: () => {},
    openApiKey: (apiUrl) =>
      openApiKey({ apiUrl, clock, loadKeychain: async () => keychain.port, onTrouble: () => {} }),
    loadSharing: async () => ({ createSharing, accountOf }),
    openKeychainEntry: (account) =>
      openKeychainEntry({
        account,
        clock,
        loadKeychain: async () => keychain.port,
        onTrouble: () => {},
      }),
    openSiteClient: async (desk) => {
      const client = openSiteClient({
        ...desk,
        trust: undefined,
        lookup: async () => [],
        clock,
        version: '9.8.7',
      });
      return client && pending.watchSite(client);
    },
    openPartoo: ({ apiUrl, readKey }) =>
      pending.watch(
        openPartoo({
          apiUrl: new URL(apiUrl),
          version: '9.8.7',
          readKey,
          proxyFor: async () => 'DIRECT',
          certificates: undefined,
          clock,
          limits: { send: LIMITS, read: LIMITS },
        }),
      ),
    exportPort: {
      chooseFile: async (name) => options.chooseFile?.(name),
      words: async () => {
        const { t } = await loadTranslations('en', 'en-GB');
        return (word) => t(word);
      },
      regionalFormat: options.regionalFormat ?? 'en-GB',
    },
    emit: (name, detail) => {
      events[name].parse(detail);
      emitted = [...emitted, name];
      if (name === 'connection.changed')
        connections = [...connections, connectionSchema.parse(detail)];
    },
  });
  const app = { ...deskbell, handlers: handlersOf(deskbell, options.onLeave) };
  return {
    app,
    ipc: createIpcClient(bridgeTo(app, reportBug), (reference, error) => {
      throw new Error(`the page reported the bug ${reference}`, { cause: error });
    }),
    emitted: () => emitted,
    connections: () => connections,
    takeBugs: () => {
      const taken = bugs;
      bugs = [];
      return taken;
    },
    die: () => {
      isDead = true;
      for (const store of stores) store.close();
    },
  };
}

function throwBadRow(row: object): never {
  throw new Error(`a row cannot be read: ${JSON.stringify(row)}`);
}
