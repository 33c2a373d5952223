import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../build/setup/paths.mjs';
import { createApp } from '../../electron/app/create-app.ts';
import { readManagedConfig } from '../../electron/settings/managed-config.ts';
import { ROOTS } from '../support/file-owner.ts';
import { createEventLog } from '../../electron/event-log.ts';
import { openApiKey, openKeychainEntry } from '../../electron/os/api-key.ts';
import { systemClock } from '../../electron/os/system-clock.ts';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { openSimulator } from '../../electron/practice/simulator.ts';
import { realParts } from '../../electron/lifecycle/real-parts.ts';
import { createIpcClient } from '../../renderer/ipc/client.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import { bridgeTo } from '../support/bridge.ts';
import { handlersOf } from '../support/handlers.ts';
import { createKeychain } from '../support/keychain.ts';
import type { FakeClock } from '../support/clock.ts';
import type { Pending } from '../support/wait-until-idle.ts';

const [HOTEL] = PRACTICE_BUSINESSES;

/** The address of a site database, and this desk's entry in the keychain. */
export type Joined = { readonly url: string; readonly account: string; readonly entry: string };

/** The whole application without Electron, on real files, with the page's own client: every parse counts. */
export async function openLocalApp(
  folder: string,
  settings: {
    readonly apiUrl?: string;
    readonly undoSeconds: number;
    readonly checkWithPartoo?: boolean;
  },
  /** A fake clock, and the counter of requests in flight that the clock waits for. */
  fake?: { readonly clock: FakeClock; readonly pending?: Pending },
  /** A site database that this desk has joined. */
  joined?: Joined,
) {
  const clock = fake?.clock ?? systemClock;
  const vendor = await openSimulator({ clock });
  const apiUrl = settings.apiUrl ?? vendor.apiUrl.href;
  const keychain = createKeychain({
    [new URL(apiUrl).host]: vendor.key,
    ...(joined === undefined ? {} : { [joined.account]: joined.entry }),
  });
  const configFile = join(folder, 'config.json');
  const businesses = [{ id: HOTEL.id, name: HOTEL.name }];
  const usual = {
    apiUrl: vendor.apiUrl.href,
    businesses,
    sendingHours: null,
    retentionDays: 3_650,
    ...(joined === undefined ? {} : { siteDatabase: { url: joined.url } }),
  };
  writeFileSync(configFile, JSON.stringify({ ...usual, requestsPerMinute: 300, ...settings }));
  const log = createEventLog({
    folder: join(folder, 'logs'),
    now: clock.now,
    newReference: randomUUID,
  });
  const reportBug = (error: unknown): string => {
    throw error;
  };
  const parts = realParts({
    version: '0.0.0',
    log: { ...log, reportBug },
    dataFolder: folder,
    start: 'automatic',
    country: 'FR',
    checkScript: join(root, 'out/app/check-worker.js'),
    systemLanguage: 'en',
    systemLocale: 'en-GB',
    speak: () => {},
    copyText: () => {},
    chooseList: async () => undefined,
    confirmHost: async () => 'yes',
    confirmKey: async () => 'yes',
    readManagedConfig: () => readManagedConfig({ named: undefined, machine: configFile }, ROOTS),
    openKeychainEntry: (account) =>
      openKeychainEntry({
        account,
        clock,
        loadKeychain: async () => keychain.port,
        onTrouble: () => {},
      }),
    openApiKey: (address) =>
      openApiKey({
        apiUrl: address,
        clock,
        loadKeychain: async () => keychain.port,
        onTrouble: () => {},
      }),
    proxyFor: async () => 'DIRECT',
    emit: () => {},
    exportPort: {
      chooseFile: async () => undefined,
      words: () => (word) => word,
      regionalFormat: 'en',
    },
  });
  const app = createApp({
    ...parts,
    clock,
    openSiteClient: async (desk) => {
      const client = await parts.openSiteClient(desk);
      return client === undefined ? undefined : (fake?.pending?.watchSite(client) ?? client);
    },
    openPartoo: (to) => fake?.pending?.watch(parts.openPartoo(to)) ?? parts.openPartoo(to),
  });
  await app.open();
  const bridge = bridgeTo({ ...app, handlers: handlersOf(app) }, reportBug);
  const ipc = createIpcClient(bridge, (reference, error) => {
    throw new Error(`The page reported the bug ${reference}`, { cause: error });
  });
  return {
    app,
    vendor,
    call: ipc.call,
    /** Resolves when the page has got its confirmation. */
    save: async (phone: string): Promise<void> => {
      const saved = await ipc.call('invitation.enqueue', {
        token: randomUUID(),
        phone: e164Schema.parse(phone),
        name: 'Marie Dupont',
        businessId: HOTEL.id,
        staff: null,
        consented: false,
        message: null,
        force: null,
        replaces: null,
      });
      if (!saved.ok) throw new Error(`Not saved: ${JSON.stringify(saved.failure)}`);
    },
    close: async () => {
      await app.close();
      await vendor.close();
    },
  };
}
