import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { cacheFolder } from '../../../build/setup/paths.mjs';
import { findPostgres } from '../../../build/setup/postgres.mjs';
import {
  asOrdinaryUser,
  findFreePort,
  giveToOrdinaryUser,
  isRoot,
  startKept,
  type KeptProcess,
} from './kept-process.ts';

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
  /** Kills all its processes at once, as the system does that runs out of memory. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port. */
  readonly start: () => Promise<void>;
  /** Ends the server and removes its folder. */
  readonly remove: () => Promise<void>;
};

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
  await giveToOrdinaryUser(folder);
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
    await giveToOrdinaryUser(join(data, name));
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
  let running: KeptProcess | undefined;

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
    const args = ['-D', data, '-p', String(port)];
    const started = startKept({ folder, log, command: join(bin, 'postgres'), args });
    running = started;
    while (!(await isReady())) {
      if (started.hasEnded()) throw new Error(`PostgreSQL did not start:\n${await readLog()}`);
      await pause(20);
    }
  };
  const end = async (order: '' | 'clean' | 'crash'): Promise<void> => {
    const ending = running;
    running = undefined;
    await ending?.end(order);
  };

  await start();
  return {
    port,
    folder,
    connect,
    readLog,
    start,
    stop: (how) => end(how),
    kill: async () => {
      const text = await readFile(join(data, 'postmaster.pid'), 'utf8');
      await killWithChildren(Number(text.split('\n')[0]));
      await running?.ended();
      running = undefined;
    },
    remove: async () => {
      await end('');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Kills a process and its children. It is stopped first: it would start others instead of them, and a child that outlives it
 * prevents the next start ("lock file already exists").
 */
async function killWithChildren(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  for (const line of stdout.split('\n')) {
    const [child = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    if (parent === pid) killIfThere(child);
  }
  process.kill(pid, 'SIGKILL');
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
