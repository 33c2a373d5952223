import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { countrySchema } from '../shared/phone.ts';
import type { AppParts } from './app.ts';
import type { Log } from './log.ts';
import { systemClock } from './os/clock.ts';
import { loadHolidays } from './os/holidays.ts';
import { readSystemCertificates } from './partoo/certificates.ts';
import { openPartoo } from './partoo/open.ts';
import { openMemoryFile } from './practice/memory-file.ts';
import { PRACTICE_BUSINESSES } from './practice/seeds.ts';
import { openSimulator } from './practice/simulator.ts';
import { openStore } from './store/open.ts';

/** What only Electron can give. */
export type Surroundings = Pick<
  AppParts,
  'version' | 'start' | 'readManaged' | 'openApiKey' | 'exportPort' | 'emit'
> & {
  readonly log: Log;
  readonly dataFolder: string;
  /** ISO 3166-1 alpha-2 as the operating system tells it; empty when it does not. */
  readonly country: string;
  readonly proxyFor: (url: string) => Promise<string>;
};

/** The real parts of Deskbell: this PC's clock, disk, network and chance. */
export function realParts(surroundings: Surroundings): AppParts {
  const { dataFolder, log, version, proxyFor } = surroundings;
  const practiceFolder = join(dataFolder, 'practice');
  const country = countrySchema.safeParse(surroundings.country);
  return {
    ...surroundings,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    systemCountry: country.success ? country.data : undefined,
    logFile: (mode) => join(mode === 'live' ? dataFolder : practiceFolder, 'deskbell.db'),
    openStore: (path) =>
      openStore({
        path,
        now: systemClock.now,
        onBadRow: (row) => log.write({ event: 'bad-row', ...row }),
      }),
    practiceBusinesses: PRACTICE_BUSINESSES.filter(({ access }) => access === 'write').map(
      ({ id, name }) => ({ id, name }),
    ),
    openSimulator: () =>
      openSimulator({
        clock: systemClock,
        memory: openMemoryFile(join(practiceFolder, 'simulator.json')),
      }),
    loadHolidays,
    openPartoo: ({ apiUrl, readKey }) =>
      openPartoo({
        apiUrl: new URL(apiUrl),
        version,
        readKey,
        proxyFor,
        certificates: readSystemCertificates(),
        clock: systemClock,
      }),
  };
}
