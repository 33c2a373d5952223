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

/** A compared application: how it starts, and on which data. */
export type Application = () => Promise<{
  readonly run: Run;
  readonly leave: () => Promise<void>;
}>;

/** The minimal Electron application: one window with one input, on fresh data like every other application. */
export const bareWindow: Application = async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'deskbell-bare-'));
  return {
    run: { dataFolder, switches: [], env: {}, application: join(root, 'test/bench/bare') },
    leave: () => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }),
  };
};

export type Watched = {
  /** From the start of the process until a key pressed in the first field was painted. */
  readonly typedMs: number;
  /** Proportional set size of all processes, at the end of the measured time. */
  readonly memoryMb: number;
  /** Share of one core used while idle; NaN when it was not measured. */
  readonly idleShare: number;
};

/** Starts an application, measures it and ends it. `idleMs` of 0 skips the idle measurement. */
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

/** When the probe saw the key painted. Rejects with the application's output when it ends or is late. */
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
