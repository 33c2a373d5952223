import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort, giveToOrdinaryUser, startKept } from './kept-process.ts';

/** PgBouncer in front of a server, on loopback, with a certificate for `localhost`. */
export type PgBouncer = {
  readonly port: number;
  /** Ends it and removes its folder. */
  readonly remove: () => Promise<void>;
};

/** The program; undefined where it is not installed. Debian installs it in /usr/sbin, which is not on every PATH. */
export function findPgBouncer(): string | undefined {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
    .map((folder) => join(folder, 'pgbouncer'))
    .find((program) => existsSync(program));
}

const certificates = fileURLToPath(new URL('../tls', import.meta.url));

/** Starts PgBouncer with the settings of docs/site-database.md. It ends with this process, even when that is killed. */
export async function startPgBouncer(parts: {
  readonly program: string;
  readonly serverPort: number;
  readonly database: string;
  readonly user: string;
  /** What the server keeps of the user's password. */
  readonly verifier: string;
  /** How many connections to the server all desks share. */
  readonly poolSize: number;
}): Promise<PgBouncer> {
  const { database, serverPort } = parts;
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-pgbouncer-'));
  const port = await findFreePort();
  const file = (name: string): string => join(folder, name);
  const settings = [
    '[databases]',
    `${database} = host=127.0.0.1 port=${serverPort} dbname=${database}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'pool_mode = transaction',
    `default_pool_size = ${parts.poolSize}`,
    'auth_type = scram-sha-256',
    `auth_file = ${file('userlist.txt')}`,
    'server_reset_query_always = 1',
    'client_tls_sslmode = require',
    `client_tls_cert_file = ${file('server.pem')}`,
    `client_tls_key_file = ${file('server-key.pem')}`,
  ];
  const files = new Map([
    ['pgbouncer.ini', `${settings.join('\n')}\n`],
    ['userlist.txt', `"${parts.user}" "${parts.verifier}"\n`],
  ]);
  for (const name of ['server.pem', 'server-key.pem'])
    files.set(name, await readFile(join(certificates, name), 'utf8'));
  for (const [name, text] of files) {
    await writeFile(file(name), text, { mode: 0o600 });
    await giveToOrdinaryUser(file(name));
  }
  await giveToOrdinaryUser(folder);
  const log = file('log');
  const args = [file('pgbouncer.ini')];
  const running = startKept({ folder, log, command: parts.program, args });
  while (!(await accepts(port))) {
    if (running.hasEnded())
      throw new Error(`PgBouncer did not start:\n${await readFile(log, 'utf8')}`);
    await pause(20);
  }
  return {
    port,
    remove: async () => {
      await running.end('');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return isOpen;
}
