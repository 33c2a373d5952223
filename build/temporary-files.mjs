// Chooses the folder for the temporary files of the tests.
import { statfsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Linux keeps these files in memory (shm_overview(7)). */
const MEMORY = '/dev/shm';
/** The tests need some 200 MB at a time, and Chromium uses the same memory. Docker provides 64 MB. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * Whether the temporary files of the tests go into memory, where no commit of a database waits for a disk. A folder in
 * TMPDIR takes precedence.
 *
 * @param {{ readonly named: string | undefined, readonly freeBytes: number }} facts the value of TMPDIR, and the free memory
 * @returns {boolean}
 */
export const belongInMemory = ({ named, freeBytes }) =>
  (named ?? '') === '' && freeBytes >= ENOUGH_BYTES;

/** The free bytes of a file system; none where there is no such folder. */
const readFreeBytes = () => {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize;
  } catch {
    return 0;
  }
};

/**
 * Runs `work` with a folder for temporary files, in memory where there is room, and removes it afterwards. `work` gets
 * the variables to add to the environment; tests that kill a process use DESKBELL_TEST_DISK (test/support/on-disk.ts).
 *
 * @template T
 * @param {(variables: Readonly<Record<string, string>>) => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withTemporaryFiles = async (work) => {
  if (!belongInMemory({ named: process.env['TMPDIR'], freeBytes: readFreeBytes() }))
    return work({});
  const folder = await mkdtemp(path.join(MEMORY, 'deskbell-test-'));
  try {
    await chmod(folder, 0o1777); // like /tmp: some tests run as another user
    return await work({ TMPDIR: folder, DESKBELL_TEST_DISK: tmpdir() });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};
