import { afterAll, beforeAll } from 'vitest';

/**
 * Keeps the temporary files of a test file on a disk, where build/temporary-files.mjs puts those of others into memory:
 * for tests of the files that remain after a kill. Call it where the tests are declared.
 */
export function keepOnDisk(): void {
  const { TMPDIR: usual, DESKBELL_TEST_DISK: disk } = process.env;
  if (usual === undefined || disk === undefined) return;
  beforeAll(() => {
    process.env['TMPDIR'] = disk;
  });
  afterAll(() => {
    process.env['TMPDIR'] = usual;
  });
}
