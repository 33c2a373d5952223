import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { cacheFolder } from '../../../build/setup/paths.mjs';
import { findPostgres } from '../../../build/setup/postgres.mjs';

const run = promisify(execFile);

/** A PostgreSQL server of this test process, on loopback, with a certificate for `localhost`. */
export type PostgresServer = {
  readonly port: number;
  /** The data and the log of the server. */
  readonly folder: string;
  /** Connects to a database as the superuser. */
  readonly connect: (database: string) => Promise<pg.Client>;
  readonly readLog: () => Promise<string>;
  /** Shuts the server down and keeps its folder. `crash`: as after a power failure. */
  readonly stop: (how: 'clean' | 'crash') => Promise<void>;
  /** Starts it again on the same port. */
  readonly start: () => Promise<void>;
  /** Ends the server and removes its folder. */
  readonly remove: () => Promise<void>;
};

/** The server refuses to run as root (https://www.postgresql.org/docs/15/app-postgres.html), so it runs as `nobody`. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asOrdinaryUser = (command: string, args: readonly string[]): readonly [string, string[]] =>
  isRoot
    ? ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', command, ...args]]
    : [command, [...args]];

const keeper = fileURLToPath(new URL('keep-server.mjs', import.meta.url));
const certificates = fileURLToPath(new URL('../tls', import.meta.url));

const SETTINGS = [
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
  'max_connections = 120',
  'shared_buffers = 32MB',
  // No shared memory outside the folder.
  'dynamic_shared_memory_type = mmap',
  'autovacuum = off',
  'ssl = on',
  "ssl_cert_file = 'server.pem'",
  "ssl_key_file = 'server-key.pem'",
  "lc_messages = 'C'",
];
/** `isDurable` is for tests of the data that survive on disk. */
const NOT_DURABLE = ['fsync = off', 'full_page_writes = off'];

const ACCESS = [
  'host all postgres 127.0.0.1/32 trust',
  'host replication postgres 127.0.0.1/32 trust',
  'host all all 127.0.0.1/32 scram-sha-256',
];

/** Creates and starts a server. It ends with this process, even when that is killed. */
export async function startPostgres(options: {
  readonly isDurable?: boolean;
  readonly settings?: readonly string[];
}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-postgres-'));
  const bin = await placePrograms(folder);
  if (isRoot) await run('chown', [`${NOBODY}:${NOBODY}`, folder]);
  const data = join(folder, 'data');
  const initialise = ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await run(...asOrdinaryUser(join(bin, 'initdb'), [...initialise, '--auth=trust']));
  const settings = [
    ...SETTINGS,
    ...(options.isDurable === true ? [] : NOT_DURABLE),
    ...(options.settings ?? []),
  ];
  await writeFile(join(data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
  await writeFile(join(data, 'pg_hba.conf'), `${ACCESS.join('\n')}\n`);
  for (const name of ['server.pem', 'server-key.pem']) {
    const text = await readFile(join(certificates, name));
    await writeFile(join(data, name), text, { mode: 0o600 });
    if (isRoot) await run('chown', [`${NOBODY}:${NOBODY}`, join(data, name)]);
  }
  return keepRunning({ folder, data, bin, port: await findFreePort() });
}

/** The programs, where the ordinary user may read them: the cache of root is in root's home. */
async function placePrograms(folder: string): Promise<string> {
  const bin = findPostgres(cacheFolder(process.env));
  if (bin === undefined) throw new Error('no PostgreSQL here: `npm test` fetches one');
  if (!isRoot || bin.startsWith('/usr/')) return bin;
  await cp(dirname(bin), join(folder, 'programs'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'programs/bin');
}

async function keepRunning(parts: {
  readonly folder: string;
  readonly data: string;
  readonly bin: string;
  readonly port: number;
}): Promise<PostgresServer> {
  const { folder, data, bin, port } = parts;
  const log = join(folder, 'log');
  let process: ChildProcess | undefined;

  const connect = async (database: string): Promise<pg.Client> => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database });
    client.on('error', () => {}); // the server may be stopped during a connection
    await client.connect();
    return client;
  };
  const readLog = (): Promise<string> => readFile(log, 'utf8');
  const isReady = async (): Promise<boolean> => {
    const client = await connect('postgres').catch(() => undefined);
    await client?.end();
    return client !== undefined;
  };

  const start = async (): Promise<void> => {
    const [command, args] = asOrdinaryUser(join(bin, 'postgres'), ['-D', data, '-p', String(port)]);
    const started = spawn(globalThis.process.execPath, [keeper, folder, log, command, ...args], {
      // Its streams are its own: the report of the tests ends with this process, and it a moment later.
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    process = started;
    // The tests end without waiting for it.
    started.unref();
    if (started.stdin instanceof Socket) started.stdin.unref();
    while (!(await isReady())) {
      if (started.exitCode !== null)
        throw new Error(`PostgreSQL did not start:\n${await readLog()}`);
      await pause(20);
    }
  };
  const end = async (order: '' | 'clean' | 'crash'): Promise<void> => {
    const running = process;
    process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.ref();
    running.stdin?.end(order);
    await ended;
  };

  await start();
  return {
    port,
    folder,
    connect,
    readLog,
    start,
    stop: (how) => end(how),
    remove: async () => {
      await end('');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Below the ports that systems hand out by themselves, so that no other test gets it while the server is stopped. */
const PORTS = { from: 15_000, to: 32_000 };

async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
