import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findServer } from '../../../build/setup/postgres.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskbell-find-postgres-'));
});
afterEach(() => rm(folder, { recursive: true }));

const find = () =>
  findServer({
    debian: join(folder, 'debian'),
    cache: join(folder, 'cache'),
    platform: 'linux-x64',
  });

async function install(...path: readonly string[]): Promise<string> {
  const bin = join(folder, ...path);
  await mkdir(bin, { recursive: true });
  const file = join(bin, process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  await writeFile(file, '');
  await chmod(file, 0o755);
  return bin;
}

test('finds no server before one is installed or fetched', () => {
  expect(find()).toBeUndefined();
});

test('finds the oldest supported server of Debian first, then the fetched one', async () => {
  const fetched = await install('cache', 'postgres-18.4.0-beta.17-linux-x64/native/bin');
  await install('debian', '13/bin');
  await mkdir(join(folder, 'debian/14/bin'), { recursive: true });
  expect(find()).toBe(fetched);
  await mkdir(join(folder, 'debian/15/bin'), { recursive: true }); // its client alone
  const newer = await install('debian', '17/bin');
  expect(find()).toBe(newer);
  const older = await install('debian', '16/bin');
  expect(find()).toBe(older);
});
