import { statSync, truncateSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { invite } from '../support/visit.ts';
import { aReception } from './a-reception.ts';

/** Everything that Deskbell itself writes: other users of the PC have no right to any of it. */
async function expectForThisUserOnly(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (const part of ['deskbell.db', 'deskbell.db-wal', 'log-memory.json', 'backups', 'logs']) {
    const path = join(folder, part);
    const names = part.includes('.') ? [] : await readdir(path);
    for (const file of [path, ...names.map((name) => join(path, name))])
      expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
  }
}

test('a backup is made and restored in Settings, and nobody gets a second SMS by it (row 103)', async () => {
  const reception = await aReception({ settings: { checkWithPartoo: false } });
  const desk = await reception.open();
  await invite(desk, '0639980012', 'Marie Dupont');
  await expect(desk.result).toContainText(/accepted/i);
  await desk.tab('Settings').click();
  await desk.button('Make a backup now').click();
  await expect(desk.page.getByText('A backup was made.')).toBeVisible();
  await expect(desk.page.getByRole('list', { name: 'Backups' })).toContainText('1 invitation');
  await expectForThisUserOnly(reception.dataFolder);

  await desk.tab('Invite').click();
  await invite(desk, '0639980013', 'Jean Martin');
  await expect(desk.result).toContainText(/accepted/i);

  await desk.tab('Settings').click();
  await desk.page.getByRole('button', { name: /^Restore the backup of/ }).click();
  await expect(desk.button('Keep the log as it is')).toBeFocused();
  await desk.button('Restore this backup').click();
  await expect(desk.page.getByRole('complementary', { name: 'The log' })).toContainText(
    /A backup is in use/,
  );

  // The log has forgotten this one, and says since when it knows; Partoo has not.
  await desk.tab('Invite').click();
  await invite(desk, '0639980013', 'Jean Martin', /no invitation on this pc since/i);
  await desk.tab('Outbox').click();
  await expect(desk.page.getByRole('heading', { name: 'Needs your decision' })).toBeVisible();
  expect(reception.sends()).toHaveLength(2);
});

test('a damaged log is set aside at the start and its backup takes its place (row 54)', async () => {
  const reception = await aReception();
  const before = await reception.open();
  await invite(before, '0639980012', 'Marie Dupont');
  await expect(before.result).toContainText(/accepted/i);
  await before.tab('Settings').click();
  await before.button('Make a backup now').click();
  await expect(before.page.getByText('A backup was made.')).toBeVisible();
  await before.quit();
  truncateSync(join(reception.dataFolder, 'deskbell.db'), 3 * 4096);

  const desk = await reception.open();
  await expect(desk.page.getByRole('complementary', { name: 'The log' })).toContainText(
    /damaged; a backup has taken its place/,
  );
  await desk.tab('History').click();
  await expect(desk.page.getByText('Marie Dupont')).toBeVisible();
  const files = await readdir(reception.dataFolder);
  expect(files.filter((name) => name.includes('.corrupt-'))).not.toEqual([]);
});
