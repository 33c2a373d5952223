import { statSync, truncateSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

/** Every file that Deskbell writes: other users of the PC have no rights to any of it. */
async function expectForThisUserOnly(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (const part of ['deskbell.db', 'deskbell.db-wal', 'log-memory.json', 'backups', 'logs']) {
    const path = join(folder, part);
    const names = part.includes('.') ? [] : await readdir(path);
    for (const file of [path, ...names.map((name) => join(path, name))])
      expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
  }
}

test('makes and restores a backup in Settings: later invitations stay, and each is sent once (rows 103, 197)', async () => {
  const installation = await anInstallation({
    settings: { checkWithPartoo: false, undoSeconds: 60 },
  });
  const app = await installation.open();
  const sendNow = async (name: string) => {
    await app.tab('Outbox').click();
    await app
      .row(name)
      .getByRole('button', { name: /^Send now/ })
      .click();
    await expect(app.row(name)).toHaveCount(0);
  };
  await invite(app, '0639980012', 'Marie Dupont');
  await sendNow('Marie Dupont');
  await app.tab('Settings').click();
  await app.button('Back up now').click();
  await expect(app.page.getByText('Backup created.')).toBeVisible();
  await expect(app.page.getByRole('list', { name: 'Backups' })).toContainText('1 invitation');
  await expectForThisUserOnly(installation.dataFolder);

  await invite(app, '0639980013', 'Jean Martin');
  await sendNow('Jean Martin');
  await invite(app, '0639980014', 'Anna Rossi');

  await app.tab('Settings').click();
  await app.page.getByRole('button', { name: /^Restore the backup from/ }).click();
  await expect(app.button('Keep current data')).toBeFocused();
  await app.button('Restore this backup').click();
  await expect(app.page.getByRole('complementary', { name: 'Deskbell’s data' })).toContainText(
    /Deskbell is running from a backup\.Invitations entered since \d\d:\d\d were kept\./,
  );

  await sendNow('Anna Rossi');
  await app.tab('History').click();
  for (const name of ['Marie Dupont', 'Jean Martin', 'Anna Rossi'])
    await expect(app.row(name)).toContainText('Accepted');
  await app.tab('Invite').click();
  await app.phone.pressSequentially('0639980013');
  await expect(app.verdict).toContainText(/Invited (?:just now|.* ago)/);
  await expect(app.send).toBeDisabled();
  expect(installation.sends()).toMatchObject(
    ['+33639980012', '+33639980013', '+33639980014'].map((phone) => ({ target_phone: phone })),
  );
});

test('[row 259] replaces a damaged database with its backup at the start (row 54), with a banner that can be closed', async () => {
  const installation = await anInstallation();
  const before = await installation.open();
  await invite(before, '0639980012', 'Marie Dupont');
  await expect(before.result).toContainText(/accepted/i);
  await before.tab('Settings').click();
  await before.button('Back up now').click();
  await expect(before.page.getByText('Backup created.')).toBeVisible();
  await before.quit();
  truncateSync(join(installation.dataFolder, 'deskbell.db'), 3 * 4096);

  const app = await installation.open();
  await expect(app.page.getByRole('complementary', { name: 'Deskbell’s data' })).toContainText(
    /was damaged and has been replaced by a backup/,
  );
  await app.tab('History').click();
  await expect(app.page.getByText('Marie Dupont')).toBeVisible();
  const files = await readdir(installation.dataFolder);
  expect(files.filter((name) => name.includes('.corrupt-'))).not.toEqual([]);

  // At 640x400, a window of 1280x800 at 200 %, the form needs the space.
  const log = app.page.getByRole('complementary', { name: 'Deskbell’s data' });
  await app.page.setViewportSize({ width: 640, height: 400 });
  await expect.poll(async () => (await log.boundingBox())?.height).toBeLessThan(60);
  await log.getByRole('button', { name: 'Close this note' }).click();
  await expect(log).toHaveCount(0);
  await app.quit();
  const next = await installation.open();
  await expect(next.page.getByRole('complementary', { name: 'Deskbell’s data' })).toBeVisible();
});
