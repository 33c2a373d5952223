import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint, recall, remember } from '../../../build/setup/cache.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskbell-memory-'));
  await mkdir(join(folder, 'source/deep'), { recursive: true });
  await writeFile(join(folder, 'source/a.ts'), 'a');
  await writeFile(join(folder, 'source/deep/b.ts'), 'b');
});
afterEach(() => rm(folder, { recursive: true }));

describe('fingerprint', () => {
  const take = () => fingerprint([join(folder, 'source'), join(folder, 'lock.json')]);

  test('is stable while nothing changes', () => {
    expect(take()).toBe(take());
  });

  test.each([
    ['a file is edited', () => writeFile(join(folder, 'source/deep/b.ts'), 'longer')],
    ['a file is touched', () => utimes(join(folder, 'source/a.ts'), 1, 1)],
    ['a file is added', () => writeFile(join(folder, 'source/deep/c.ts'), '')],
    ['a file is removed', () => rm(join(folder, 'source/a.ts'))],
    ['a file that was absent appears', () => writeFile(join(folder, 'lock.json'), '{}')],
  ])('changes when %s', async (_, change) => {
    const before = take();
    await change();
    expect(take()).not.toBe(before);
  });
});

describe('notes', () => {
  test('are read as they were written, and leave no other files', async () => {
    const note = join(folder, 'notes/ready');
    expect(recall(note)).toBeUndefined();
    await remember(note, 'first');
    await remember(note, 'second');
    expect(recall(note)).toBe('second');
    expect(await readdir(join(folder, 'notes'))).toEqual(['ready']);
  });
});
