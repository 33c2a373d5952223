import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../../build/package/pack.mjs';
import type { Packed } from '../../build/package/paths.mjs';
import { launchCommand } from '../../build/launch.mjs';
import { root } from '../../build/setup/paths.mjs';

export type Start = {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** The running packaged application. Nothing can attach to it, so the tests observe it from outside. */
export type Running = {
  readonly output: () => string;
  /** Asks it to quit, as the system does at sign-out; resolves to its exit code. */
  readonly quit: () => Promise<number | null>;
  /** Resolves to the exit code of a run that ends by itself. */
  readonly ended: Promise<number | null>;
};

/** Packs the built application for this machine only, and reads the package back. */
export async function packForTests(): Promise<Packed> {
  const [packed] = await pack({
    output: join(root, 'out/package'),
    args: ['--dir'],
    signal: AbortSignal.timeout(120_000),
  });
  if (packed === undefined) throw new Error('nothing was packed');
  return packed;
}

/** Starts the packaged application, with the sandbox wherever Chromium can have it. */
export function startPackaged(packed: Packed, { args, env = {} }: Start): Running {
  const withoutSandbox = launchCommand().args.filter((arg) => arg !== root);
  const child = spawn(executableOf(packed), [...withoutSandbox, ...args], {
    env: { ...process.env, XDG_STATE_HOME: join(tmpdir(), 'deskbell-packaged-state'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    output: () => output,
    ended,
    quit: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function executableOf({ platform, folder }: Packed): string {
  if (platform === 'darwin') return join(folder, 'Deskbell.app/Contents/MacOS/Deskbell');
  return join(folder, platform === 'win32' ? 'Deskbell.exe' : 'deskbell');
}
