import { createReadStream } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { app } from 'electron/main';
import { exitWith } from '../lifecycle/quit.ts';
import type { EventLog } from '../event-log.ts';
import { readManagedConfigHere } from '../lifecycle/read-managed-config.ts';
import { systemClock } from '../os/system-clock.ts';
import { openRealApiKey } from '../os/keychain.ts';
import { createTrust, readSystemCertificates } from '../partoo/certificates.ts';
import {
  loadHostResolver,
  loadInitSiteDatabase,
  loadJoinSiteDatabase,
  loadSiteDatabaseScript,
  loadSiteKeys,
} from '../site/load-site-database.ts';
import { initSiteDatabaseCommand, type InitSiteDatabase } from './init-site-database.ts';
import { joinSiteDatabaseCommand, leaveSiteDatabaseCommand } from './join-site-database.ts';
import type { InputSource } from './read-input.ts';
import { resetPin } from './reset-pin.ts';
import { setApiKey } from './set-api-key.ts';
import { SITE_COMMANDS } from './site-commands.ts';

/** `--set-api-key`: stores the key from a file or standard input, and exits. */
export async function storeKey(log: EventLog): Promise<void> {
  const { openApiKey, keychain } = openRealApiKey(log);
  const source = inputOf('set-api-key');
  const parts = { managed: readManagedConfigHere(), source, clock: systemClock, say, openApiKey };
  await exitWith(await setApiKey(parts), keychain);
}

/** What a switch is given: a file by its name, else standard input. */
function inputOf(name: string): InputSource {
  const file = app.commandLine.getSwitchValue(name);
  if (file !== '') return { kind: 'file', path: resolve(file) };
  if (process.platform !== 'win32')
    return { kind: 'stream', stream: process.stdin, mayHang: false };
  // Electron replaces `process.stdin` with an empty stream there; descriptor 0 is still the real input.
  return { kind: 'stream', stream: createReadStream('', { fd: 0 }), mayHang: true };
}

const say = (line: string) => process.stderr.write(`${line}\n`);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Resolves when everything is printed: an exit would cut it off. */
const printed = () => new Promise<void>((done) => void process.stdout.write('', () => done()));

/** Runs the command about the site database that was given, and exits. */
export async function runSiteCommand(log: EventLog): Promise<void> {
  const command = SITE_COMMANDS.find((name) => app.commandLine.hasSwitch(name));
  const { openEntry, keychain } = openRealApiKey(log);
  const managed = readManagedConfigHere();
  const trustOf = (authorities: readonly string[]) =>
    createTrust([...(readSystemCertificates() ?? []), ...authorities]);
  const clock = systemClock;
  switch (command) {
    case undefined:
      throw new Error('no command');
    case 'print-site-database-sql': {
      const { siteDatabaseScript } = await loadSiteDatabaseScript();
      print(siteDatabaseScript());
      await printed();
      app.exit(0);
      return;
    }
    case 'init-site-database': {
      const { initSiteDatabase } = await loadInitSiteDatabase();
      const network = await siteNetwork();
      const source = inputOf(command);
      const init = (owner: Parameters<InitSiteDatabase>[0]) =>
        initSiteDatabase({ ...owner, ...network });
      const parts = { managed, source, clock, say, print, trustOf, init };
      const code = await initSiteDatabaseCommand(parts);
      await printed();
      app.exit(code);
      return;
    }
    case 'join-site-database': {
      const { joinSiteDatabase } = await loadJoinSiteDatabase();
      const keys = await loadSiteKeys();
      const network = await siteNetwork();
      const code = await joinSiteDatabaseCommand({
        managed,
        source: inputOf(command),
        clock,
        say,
        openEntry,
        trustOf,
        deskName: hostname().slice(0, 60),
        ...keys,
        join: (wanted) => joinSiteDatabase({ ...wanted, ...network, version: app.getVersion() }),
      });
      await exitWith(code, keychain);
      return;
    }
    case 'leave-site-database':
      await exitWith(await leaveSiteDatabaseCommand({ managed, say, openEntry }), keychain);
  }
}

/** How names are looked up, and the clock. */
async function siteNetwork() {
  const { createHostResolver } = await loadHostResolver();
  const resolveHost = createHostResolver({
    lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    clock: systemClock,
  });
  return { resolve: resolveHost, clock: systemClock };
}

/** `--reset-pin`: removes the manager's PIN, and exits. */
export async function removePin(dataFolder: string, log: EventLog): Promise<void> {
  app.exit(await resetPin({ dataFolder, log }));
}
