import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { systemClock } from '../../electron/os/system-clock.ts';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { openSimulator, type Simulator } from '../../electron/practice/simulator.ts';
import type { Clock } from '../../shared/time.ts';
import { appPage, type AppPage } from './app-page.ts';
import { keepingItsPort } from './held-port.ts';
import {
  builtApplication,
  launch,
  runToEnd,
  type Ended,
  type Launched,
  type Run,
} from './launch.ts';

export type InstallationOptions = {
  /** Differences from the default configuration: the simulator, its businesses, no undo time, no sending hours. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether a manager has stored the key already. */
  readonly key?: 'stored' | 'absent';
  /** The vendor's clock. */
  readonly clock?: Clock;
};

export type RunningApp = Launched & AppPage;

/** A data folder, a configuration and a simulator, on which Deskbell can be started repeatedly. */
export type Installation = {
  readonly vendor: Simulator;
  readonly dataFolder: string;
  readonly configFile: string;
  readonly configure: (text: string) => Promise<void>;
  /** Opens Deskbell, repeatedly on the same data. */
  readonly open: (run?: Partial<Run>) => Promise<RunningApp>;
  /** The options of such a run. */
  readonly runWith: (run: Partial<Run>) => Run;
  /** Runs Deskbell without attaching to its window; `input` is its standard input. */
  readonly run: (run: Partial<Run>, input?: string) => Promise<Ended>;
  /** The bodies of the send requests that the vendor has read, oldest first. */
  readonly sends: () => readonly unknown[];
  /** All opened windows, the first one first. */
  readonly apps: () => readonly RunningApp[];
  /** A report of everything that ran here, for debugging a failed test. */
  readonly describe: () => Promise<string>;
  /** Ends everything and removes its files. */
  readonly close: () => Promise<void>;
};

const [hotel, restaurant] = PRACTICE_BUSINESSES;

/** The businesses of the tests. */
export const HOTEL = hotel;

const KEYCHAIN_SERVICE = 'deskbell';

/** Makes an installation. Its API key is random, so that a search for it finds every leak. */
export async function openInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-installation-'));
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder, { mode: 0o700 });
  const configFile = join(folder, 'config.json');
  const given = options.settings?.['apiUrl'];
  const vendor = keepingItsPort(
    await openSimulator({
      clock: options.clock ?? systemClock,
      key: `key-${randomBytes(12).toString('hex')}`,
      hosts: typeof given === 'string' ? [new URL(given).host] : [],
    }),
  );
  const apiUrl = typeof given === 'string' ? given : vendor.apiUrl.href;
  const account = new URL(apiUrl).host;
  const businesses = [hotel, restaurant].map(({ id, name }) => ({ id, name }));
  await writeFile(
    configFile,
    JSON.stringify({
      apiUrl,
      businesses,
      undoSeconds: 0,
      sendingHours: null,
      ...options.settings,
    }),
  );

  let opened: readonly RunningApp[] = [];
  const withDefaults = (run: Partial<Run>): Run => ({
    dataFolder,
    // The accessible names are English, whatever the system language of the machine.
    env: { LANGUAGE: 'en' },
    application: builtApplication,
    ...run,
    switches: [`--config=${configFile}`, ...(run.switches ?? [])],
  });
  const installation: Installation = {
    vendor,
    dataFolder,
    configFile,
    configure: (text) => writeFile(configFile, text),
    open: async (run = {}) => {
      const launched = await launch(withDefaults(run));
      const app = { ...launched, ...appPage(launched.page) };
      opened = [...opened, app];
      return app;
    },
    runWith: withDefaults,
    run: (run, input = '') => runToEnd(withDefaults(run), input),
    sends: () =>
      vendor
        .received()
        .filter(({ method }) => method === 'POST')
        .map(({ body }) => body),
    apps: () => opened,
    describe: async () =>
      [
        ...opened.map((app, at) => `What run ${at + 1} wrote:\n${app.output()}`),
        `Its log:\n${await readIfThere(join(dataFolder, 'logs/deskbell.log'))}`,
        `What the vendor has read:\n${JSON.stringify(vendor.received(), null, 2)}`,
      ].join('\n'),
    close: async () => {
      // First, so that no run waits for an answer before it quits.
      await vendor.close();
      for (const { quit } of opened) await quit();
      await keytar.deletePassword(KEYCHAIN_SERVICE, account);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  if (options.key !== 'absent') await storeKey(installation, account);
  return installation;
}

/**
 * Stores the key as `--set-api-key` does (test/e2e/settings.test.ts), without another start of the application. The
 * keychain of macOS asks a person before a program reads another one's entry: there the application stores it itself.
 */
async function storeKey({ run, vendor }: Installation, account: string): Promise<void> {
  if (process.platform !== 'darwin') {
    await keytar.setPassword(KEYCHAIN_SERVICE, account, vendor.key);
    return;
  }
  const { code, output } = await run({ switches: ['--set-api-key'] }, `${vendor.key}\n`);
  if (code !== 0) throw new Error(`--set-api-key ended with ${code}:\n${output}`);
}

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => 'none');
}
