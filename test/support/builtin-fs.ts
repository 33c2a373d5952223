import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

/**
 * Replaces one of Node's functions for the rest of a test, also where it was imported by its name: to imitate another
 * file system or another program on the PC. Returns a function that restores it.
 */
export function replaceInFs<
  Of extends typeof fs | typeof fs.promises | typeof Atomics,
  Name extends keyof Of,
>(of: Of, name: Name, replace: (real: Of[Name]) => Of[Name]): () => void {
  const real = of[name];
  let isThere = true;
  const putBack = () => {
    if (isThere) of[name] = real;
    isThere = false;
    syncBuiltinESMExports();
  };
  of[name] = replace(real);
  syncBuiltinESMExports();
  onTestFinished(putBack);
  return putBack;
}

/**
 * Locks files like another program, for example a virus scanner on Windows: they cannot be renamed, replaced or
 * removed. Synchronous waits for them pass at once.
 */
export function holdFiles(
  isHeld: (path: string) => boolean,
  {
    times = Number.POSITIVE_INFINITY,
    code = 'EBUSY',
  }: { readonly times?: number; readonly code?: 'EBUSY' | 'EPERM' | 'EACCES' } = {},
) {
  let left = times;
  let refusals = 0;
  let waitedMs = 0;
  const refuse = (syscall: string, ...paths: readonly unknown[]): void => {
    if (left <= 0 || !paths.some((path) => typeof path === 'string' && isHeld(path))) return;
    left -= 1;
    refusals += 1;
    throw Object.assign(new Error(`${code}: locked by another program`), { code, syscall });
  };
  const wayBack = [
    replaceInFs(fs, 'renameSync', (real) => (from, to) => {
      refuse('rename', from, to);
      real(from, to);
    }),
    replaceInFs(fs, 'unlinkSync', (real) => (path) => {
      refuse('unlink', path);
      real(path);
    }),
    replaceInFs(fs.promises, 'rename', (real) => async (from, to) => {
      refuse('rename', from, to);
      await real(from, to);
    }),
    replaceInFs(fs.promises, 'unlink', (real) => async (path) => {
      refuse('unlink', path);
      await real(path);
    }),
    replaceInFs(Atomics, 'wait', () => (...waiting: readonly unknown[]) => {
      waitedMs += Number(waiting[3]);
      return 'timed-out' as const;
    }),
  ];
  return {
    /** The other program releases them. */
    free: () => {
      for (const putBack of wayBack.toReversed()) putBack();
    },
    refusals: () => refusals,
    waitedMs: () => waitedMs,
  };
}
