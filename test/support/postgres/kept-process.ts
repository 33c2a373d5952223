import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * PostgreSQL and PgBouncer refuse to run as root (https://www.postgresql.org/docs/15/app-postgres.html), so they run as `nobody`
 * there.
 */
const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;

/** The command and its arguments, so that they run as an ordinary user. */
export const asOrdinaryUser = (
  command: string,
  args: readonly string[],
): readonly [string, string[]] =>
  isRoot
    ? ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', command, ...args]]
    : [command, [...args]];

/** Gives a file or folder to the user of `asOrdinaryUser`. */
export async function giveToOrdinaryUser(path: string): Promise<void> {
  if (isRoot) await run('chown', [`${NOBODY}:${NOBODY}`, path]);
}

const keeper = fileURLToPath(new URL('keep-server.mjs', import.meta.url));

/** A program that ends with this process, even when that is killed. */
export type KeptProcess = {
  readonly hasEnded: () => boolean;
  /** Resolves when it has ended by itself. */
  readonly ended: () => Promise<void>;
  /** Ends it. Without an order its folder is removed. */
  readonly end: (order: '' | 'clean' | 'crash') => Promise<void>;
};

/** Starts a program in its folder, as an ordinary user; its output goes to the file `log`. */
export function startKept(parts: {
  readonly folder: string;
  readonly log: string;
  readonly command: string;
  readonly args: readonly string[];
}): KeptProcess {
  const [command, args] = asOrdinaryUser(parts.command, parts.args);
  const started = spawn(process.execPath, [keeper, parts.folder, parts.log, command, ...args], {
    // Its streams are its own: the report of the tests ends with this process, and it a moment later.
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // The tests end without waiting for it.
  started.unref();
  if (started.stdin instanceof Socket) started.stdin.unref();
  const hasEnded = (): boolean => started.exitCode !== null;
  return {
    hasEnded,
    ended: async () => {
      if (!hasEnded()) await once(started, 'exit');
    },
    end: async (order) => {
      if (hasEnded()) return;
      const ended = once(started, 'exit');
      started.ref();
      started.stdin?.end(order);
      await ended;
    },
  };
}

/** Below the ports that systems hand out by themselves, so that no other test gets it while the server is stopped. */
const PORTS = { from: 15_000, to: 32_000 };

/** A port on which nothing listens. */
export async function findFreePort(): Promise<number> {
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
