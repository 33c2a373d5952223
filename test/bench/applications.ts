import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../build/setup/paths.mjs';
import { commandFor, type Run } from '../support/launch.ts';
import { memoryOf, processorMsOf, processTree } from './processes.ts';

const PROBE = join(root, 'test/bench/typing-probe.cjs');

/** An application that is compared: how it is started, on which data. */
export type Application = () => Promise<{
  readonly run: Run;
  readonly leave: () => Promise<void>;
}>;

/** The least that Electron can do: one window with one input, on fresh data like every other application. */
export const bareWindow: Application = async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'deskbell-bare-'));
  return {
    run: { dataFolder, switches: [], env: {}, application: join(root, 'test/bench/bare') },
    leave: () => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }),
  };
};

export type Watched = {
  /** From the start of the process until a key that was pressed in the first field was painted. */
  readonly typedMs: number;
  /** Proportional set size of all processes, at the end of the time that it was watched. */
  readonly memoryMb: number;
  /** Share of one core that was used while nothing happened; NaN when it was not watched. */
  readonly idleShare: number;
};

/** Starts an application, watches it and ends it. `idleMs` of 0 does not watch it idle. */
export async function watchApplication(
  open: Application,
  { settleMs, idleMs }: { readonly settleMs: number; readonly idleMs: number },
): Promise<Watched> {
  const { run, leave } = await open();
  const { executable, args, env } = commandFor(run);
  const startedAt = Date.now();
  const child = spawn(executable, args, {
    env: { ...env, NODE_OPTIONS: `--require ${PROBE}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const typedAt = await typedTime(child);
    await sleep(settleMs);
    const pid = child.pid ?? 0;
    const before = processorMsOf(processTree(pid));
    if (idleMs > 0) await sleep(idleMs);
    const used = processorMsOf(processTree(pid)) - before;
    return {
      typedMs: typedAt - startedAt,
      memoryMb: memoryOf(processTree(pid)),
      idleShare: used / idleMs,
    };
  } finally {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await ended;
    }
    await leave();
  }
}

/** When the probe saw the key painted. Rejects with what the application wrote when it ends or is late. */
function typedTime(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const late = setTimeout(() => reject(new Error(`No key was painted:\n${output}`)), 60_000);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const at = /^typed (\d+)$/m.exec(output)?.[1];
        if (at === undefined) return;
        clearTimeout(late);
        resolve(Number(at));
      });
    }
    child.once('exit', () => {
      clearTimeout(late);
      reject(new Error(`The application ended:\n${output}`));
    });
  });
}
