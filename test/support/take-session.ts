import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const LOOK_AGAIN_MS = 20;
const NEVER_FREE_MS = 60_000;

/** A desktop session that one test file uses alone. */
export type TakenSession = {
  /** The position in the list of sessions, from 0. */
  readonly index: number;
  readonly release: () => void;
};

/**
 * Takes one of `count` sessions that no other test file uses, with a lock file in `folder`. vitest's VITEST_POOL_ID does
 * not tell them apart: two files that run side by side have the same id where projects have different numbers of workers
 * (seen with 4.1). Rejects when none comes free in a minute: a worker that dies keeps its session, and has failed the
 * run already.
 */
export async function takeSession(folder: string, count: number): Promise<TakenSession> {
  const startedMs = performance.now();
  for (;;) {
    for (let index = 0; index < count; index += 1) {
      const lock = join(folder, `session-${index}`);
      if (isTakenNow(lock)) return { index, release: () => rmSync(lock) };
    }
    if (performance.now() - startedMs > NEVER_FREE_MS) throw new Error('every session is in use');
    await setTimeout(LOOK_AGAIN_MS);
  }
}

function isTakenNow(lock: string): boolean {
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
