import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { homedir, release } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { countrySchema } from '../../shared/phone/e164.ts';
import type { AppParts } from '../app/app-parts.ts';
import { runCheckInWorker } from '../backup/run-check-in-worker.ts';
import type { EventLog } from '../event-log.ts';
import { systemClock } from '../os/system-clock.ts';
import { loadHolidays } from '../os/holidays.ts';
import { readMachine } from '../os/machine-id.ts';
import { isRoaming } from '../os/roaming-profile.ts';
import { stateFolder } from '../os/state-folder.ts';
import { createTrust, readSystemCertificates } from '../partoo/certificates.ts';
import { openPartoo } from '../partoo/open-partoo.ts';
import { PRACTICE_BUSINESSES } from '../practice/seed-data.ts';
import { loadSiteClient } from '../site/load-site-database.ts';
import type { BadRow } from '../store/rows/bad-row.ts';
import { openLiveDatabase, type LiveDatabaseParts } from '../store/file/open-live-database.ts';
import { openStore } from '../store/file/open-store.ts';

/** The parts that only Electron can provide. */
export type ElectronParts = Pick<
  AppParts,
  | 'version'
  | 'start'
  | 'systemLanguage'
  | 'systemLocale'
  | 'speak'
  | 'readManagedConfig'
  | 'openApiKey'
  | 'openKeychainEntry'
  | 'exportPort'
  | 'copyText'
  | 'chooseList'
  | 'confirmHost'
  | 'confirmKey'
  | 'emit'
> & {
  readonly log: EventLog;
  readonly dataFolder: string;
  /** The script of the thread that checks backups. */
  readonly checkScript: string;
  /** ISO 3166-1 alpha-2 from the operating system; empty when unknown. */
  readonly country: string;
  readonly proxyFor: (url: string) => Promise<string>;
};

/** Creates the real parts of Deskbell: this PC's clock, disk, network and random numbers. */
export function realParts(surroundings: ElectronParts): AppParts {
  const { dataFolder, log, version, proxyFor } = surroundings;
  const practiceFolder = join(dataFolder, 'practice');
  const { electron, chrome, node } = process.versions;
  const country = countrySchema.safeParse(surroundings.country);
  const authorities = () => {
    const managed = surroundings.readManagedConfig();
    return managed.kind === 'read' ? managed.authorities : [];
  };
  const onBadRow = (row: BadRow) => log.write({ event: 'bad-row', ...row });
  const files: LiveDatabaseParts = {
    path: join(dataFolder, 'deskbell.db'),
    sentinel: join(dataFolder, 'log-memory.json'),
    startRecords: stateFolder({
      platform: process.platform,
      env: process.env,
      homeFolder: homedir(),
    }),
    backups: join(dataFolder, 'backups'),
    reservedSpace: join(dataFolder, 'room-to-write'),
    now: systemClock.now,
    onBadRow,
    checkCopy: runCheckInWorker(surroundings.checkScript),
    pause: (forMs) => setTimeout(forMs),
  };
  return {
    ...surroundings,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    systemCountry: country.success ? country.data : undefined,
    files,
    openLiveDatabase: () => openLiveDatabase(files),
    readMachine: () => readMachine(),
    isRoaming: () => isRoaming(dataFolder),
    databaseFile: (mode) => (mode === 'live' ? files.path : join(practiceFolder, 'deskbell.db')),
    openStore: (path) => openStore({ path, now: systemClock.now, onBadRow }),
    practiceBusinesses: PRACTICE_BUSINESSES.filter(({ access }) => access === 'write').map(
      ({ id, name }) => ({ id, name }),
    ),
    // Loaded for practice only.
    openSimulator: async () => {
      const { openStateFile: openMemoryFile } = await import('../practice/state-file.ts');
      const { openSimulator } = await import('../practice/simulator.ts');
      const memory = openMemoryFile(join(practiceFolder, 'simulator.json'));
      return openSimulator({ clock: systemClock, memory });
    },
    loadHolidays,
    loadSharing: async () => {
      const [{ createSharing }, { accountOf }] = await Promise.all([
        import('../sharing/sharing.ts'),
        import('../sharing/credentials.ts'),
      ]);
      return { createSharing, accountOf };
    },
    openSiteClient: async (desk) => {
      const { openSiteClient } = await loadSiteClient();
      return openSiteClient({
        ...desk,
        trust: createTrust([...(readSystemCertificates() ?? []), ...authorities()]),
        lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
        clock: systemClock,
        version,
      });
    },
    platform: {
      electron,
      chrome,
      node,
      system: `${process.platform} ${release()} ${process.arch}`,
    },
    openPartoo: ({ apiUrl, readKey }) =>
      openPartoo({
        apiUrl: new URL(apiUrl),
        version,
        readKey,
        proxyFor,
        certificates: [...(readSystemCertificates() ?? []), ...authorities()],
        clock: systemClock,
      }),
  };
}
