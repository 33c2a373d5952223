import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeViaTempFile } from '../../../electron/files/write-via-temp-file.ts';

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'deskbell-'));

test('replaces the file when it is complete', async () => {
  const folder = newFolder();
  const file = path.join(folder, 'list.csv');
  await writeFile(file, 'old');
  const rows = await writeViaTempFile(file, async (unfinished) => {
    await writeFile(unfinished, 'new', { flag: 'wx' });
    expect(readFileSync(file, 'utf8')).toBe('old');
    return 1;
  });
  expect(rows).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['list.csv']);
});

test('leaves no file when it is cancelled or fails', async () => {
  const folder = newFolder();
  const file = path.join(folder, 'list.csv');
  const cancelled = await writeViaTempFile(file, async (unfinished) => {
    await writeFile(unfinished, 'half');
    return undefined;
  });
  expect(cancelled).toBeUndefined();
  const failed = writeViaTempFile(file, async (unfinished) => {
    await writeFile(unfinished, 'half');
    throw new Error('disk full');
  });
  await expect(failed).rejects.toThrow('disk full');
  expect(readdirSync(folder)).toEqual([]);
});

test('uses another name each time', async () => {
  const names = new Set<string>();
  for (const file of ['a', 'a'])
    await writeViaTempFile(path.join(newFolder(), file), async (unfinished) => {
      names.add(path.basename(unfinished));
      return undefined;
    });
  expect(names.size).toBe(2);
});
