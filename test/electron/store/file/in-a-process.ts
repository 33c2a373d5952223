import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { build } from 'vite';

/** Inside the project, so that the bundle finds its packages. */
const OUT = join(import.meta.dirname, '../../../../out/test');

/** Bundles a script, given by its whole path, so that plain Node can run it in a process that may be killed. */
export async function bundle(script: string): Promise<{ path: string; remove: () => void }> {
  mkdirSync(OUT, { recursive: true });
  const outDir = mkdtempSync(join(OUT, 'store-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: script, outDir, target: 'node20' },
    ssr: { target: 'node' },
  });
  return {
    path: join(outDir, basename(script).replace(/\.ts$/, '.js')),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}

/** Runs a bundle and kills it after the test at the latest. */
export function run(path: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The lines that a process printed before it ended. */
export async function linesOf(
  child: ChildProcess,
  onLine: (count: number) => void = () => {},
): Promise<readonly string[]> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    onLine(text.split('\n').length - 1);
  });
  await once(child, 'close');
  // The last one may be truncated.
  return text.split('\n').slice(0, -1);
}
