import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../electron/os/system-clock.ts';
import type { SiteClient } from '../../electron/sharing/site-calls.ts';
import type { SiteStatus } from '../../shared/other-desks.ts';
import type { State } from '../../shared/invitation.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import { configWith, HOTEL, startRun, valueOf, VENDOR_KEY } from '../support/app.ts';
import { joining } from '../support/joined-desk.ts';
import { createKeychain } from '../support/keychain.ts';
import type { TestSiteDatabase } from '../support/postgres/site-database.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

/** Turns of the organisation's rate that a desk got: between two instants of this process. */
export type Grant = {
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly turns: number;
};

/** One PC with Deskbell in real time, which dies and starts again. */
export type ChaosDesk = {
  readonly name: string;
  /** Between this desk and the server. */
  readonly proxy: TcpProxy;
  readonly databaseFile: string;
  readonly isRunning: () => boolean;
  readonly boot: () => Promise<void>;
  /** The process dies: what is not on disk is lost, and no connection is closed in an orderly way. */
  readonly die: () => void;
  readonly type: (phone: E164) => Promise<void>;
  /** The invitations that the desk has confirmed as saved. */
  readonly promised: () => readonly Promised[];
  readonly status: () => Promise<SiteStatus>;
  /** The states of the invitations that have not ended. */
  readonly openStates: () => Promise<readonly State[]>;
  /** The bugs that were reported while it was alive. */
  readonly bugs: () => readonly unknown[];
  /** Quits in an orderly way. */
  readonly quit: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

export type Promised = { readonly id: string; readonly phone: E164 };

/** Sets up a PC that has joined the site database through a proxy of its own. It is not running yet. */
export async function createChaosDesk(parts: {
  readonly db: TestSiteDatabase;
  readonly name: string;
  readonly apiUrl: URL;
  readonly random: () => number;
  readonly onGrant: (grant: Grant) => void;
}): Promise<ChaosDesk> {
  const { db, name, apiUrl, random } = parts;
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-chaos-'));
  const records = mkdtempSync(join(tmpdir(), 'deskbell-chaos-records-'));
  const proxy = await openTcpProxy(db.server.port);
  const joined = await db.join(name);
  await joined.client.end();
  const { siteDatabase, keychainEntries } = joining(db, joined, proxy.port);
  const configFile = join(folder, 'config.json');
  writeFileSync(configFile, configWith(apiUrl.href, { siteDatabase }));
  const world: Parameters<typeof startRun>[0] = {
    options: { random },
    clock: systemClock,
    keychain: createKeychain({ [apiUrl.host]: VENDOR_KEY, ...keychainEntries }),
    configFile,
    records,
    machine: name,
    formerMachines: [],
    isRoaming: false,
    pending: { watch: (partoo) => partoo, watchSite: (client) => noting(client, parts.onGrant) },
  };
  let running: ReturnType<typeof startRun> | undefined;
  let promised: readonly Promised[] = [];
  let bugs: readonly unknown[] = [];
  const need = (): ReturnType<typeof startRun> => {
    if (running === undefined) throw new Error(`${name} is not running`);
    return running;
  };
  const gatherBugs = (): void => {
    bugs = [...bugs, ...(running?.takeBugs() ?? [])];
  };

  return {
    name,
    proxy,
    databaseFile: join(folder, 'deskbell.db'),
    isRunning: () => running !== undefined,
    boot: async () => {
      const started = startRun(world, folder);
      await started.app.open();
      running = started;
    },
    die: () => {
      gatherBugs();
      running?.die();
      running = undefined;
      proxy.cut();
    },
    type: async (phone) => {
      const answer = await need().ipc.call('invitation.enqueue', {
        token: randomUUID(),
        phone,
        name: 'Marie Dupont',
        businessId: HOTEL.id,
        staff: null,
        consented: false,
        message: null,
        force: null,
        replaces: null,
      });
      if (answer.ok) promised = [...promised, { id: answer.value.id, phone }];
    },
    promised: () => promised,
    status: async () => valueOf(await need().ipc.call('otherDesks.readStatus', {})),
    openStates: async () =>
      valueOf(await need().ipc.call('outbox.list', {})).map(({ progress }) => progress.state),
    bugs: () => {
      gatherBugs();
      return bugs;
    },
    quit: async () => {
      await running?.app.close();
      gatherBugs();
      running = undefined;
    },
    remove: async () => {
      await proxy.close();
      for (const used of [folder, records]) rmSync(used, { recursive: true, force: true });
    },
  };
}

/** The same client, which notes what it was granted. */
function noting({ keys, database }: SiteClient, onGrant: (grant: Grant) => void): SiteClient {
  return {
    keys,
    database: {
      ...database,
      claim: async (wanted) => {
        const askedMs = performance.now();
        const reply = await database.claim(wanted);
        if (reply.kind === 'answer' && reply.answer.is === 'granted')
          onGrant({ askedMs, answeredMs: performance.now(), turns: 1 });
        return reply;
      },
      turns: async (purpose, count) => {
        const askedMs = performance.now();
        const reply = await database.turns(purpose, count);
        if (reply.kind === 'answer' && reply.answer.is === 'granted')
          onGrant({ askedMs, answeredMs: performance.now(), turns: count });
        return reply;
      },
    },
  };
}
