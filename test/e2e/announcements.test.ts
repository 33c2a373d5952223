import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { listen } from '../support/screen-reader.ts';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const SEND = '/review_booster/send_invitation';
const MARIE = { phone: '0639980012', name: 'Marie Dupont' };
const JEAN = { phone: '0639980013', name: 'Jean Martin' };
const LEA = { phone: '0639980014', name: 'Léa Petit' };

type Heard = () => Promise<readonly string[]>;

/** Waits until each of these was read out, and checks that none was read twice. */
async function expectOnce(heard: Heard, texts: readonly RegExp[]): Promise<void> {
  for (const text of texts) {
    await expect.poll(async () => (await heard()).filter((said) => text.test(said)).length).toBe(1);
  }
}
const said = async (heard: Heard, text: RegExp): Promise<number> =>
  (await heard()).filter((one) => text.test(one)).length;
const field = ({ page }: RunningApp, name: string) =>
  page.getByRole('textbox', { name, exact: true });

test('reads out each state of an invitation once, from the verdict to the end', async () => {
  const installation = await anInstallation({ settings: { undoSeconds: 2 } });
  const app = await installation.open();
  const heard = await listen(app.page);
  await invite(app, MARIE.phone, MARIE.name);
  await expectOnce(heard, [
    /^No earlier invitation on this PC\.$/,
    /^Saved\. You can still undo the SMS to Marie Dupont\.$/,
    /^Partoo accepted the invitation to Marie Dupont\.$/,
  ]);
  await app.phone.fill(MARIE.phone);
  await expectOnce(heard, [/less than a minute ago|minute ago|Invited/]);
  await app.page.keyboard.press('Enter');
  await expect.poll(() => said(heard, /10\sdays|Send again anyway/i)).toBeGreaterThan(0);
  await app.page.keyboard.press('Escape');

  installation.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
  await invite(app, JEAN.phone, JEAN.name);
  await expectOnce(heard, [/^The connection dropped while sending to Jean Martin\./]);
});

test('reads out a problem with an earlier customer during the next one (row 35)', async () => {
  const installation = await anInstallation({
    settings: { undoSeconds: 10, checkWithPartoo: false },
  });
  const app = await installation.open();
  const heard = await listen(app.page);
  installation.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
  await invite(app, MARIE.phone, MARIE.name);
  await invite(app, JEAN.phone, JEAN.name);
  await expectOnce(heard, [
    /^Partoo refused the invitation to Marie Dupont/,
    /^Partoo accepted the invitation to Jean Martin\.$/,
  ]);
  await expect(app.result).toContainText('Jean Martin');
  await expect(app.button('Refused for Marie Dupont: see History')).toBeVisible();
});

test('reads out that sending stopped, and that it continues', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const heard = await listen(app.page);
  await installation.vendor.refuseConnections();
  await invite(app, LEA.phone, LEA.name);
  await expect
    .poll(() => said(heard, /isn’t responding|No network|No internet/))
    .toBeGreaterThan(0);
  await app.tab('Outbox').click();
  await app.button('Try all now').click();
  await expectOnce(heard, [/^Trying now\./]);
  await installation.vendor.acceptConnections();
  // The event that the system sends when a cable is plugged in; the next try would come by itself within a minute.
  await app.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expectOnce(heard, [/^Sending has resumed\./]);
  await expect(app.connection).toBeEmpty();
});

test('reads out each report, file, backup and wrong PIN', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const { page } = app;
  const list = join(installation.dataFolder, 'list.csv');
  await writeFile(list, 'Mobile\n0639980012\nnobody\n');
  await app.runInMain(
    ({ dialog }, { open, save }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [open] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: save });
    },
    { open: list, save: join(installation.dataFolder, 'history.csv') },
  );
  await app.tab('History').click();
  await app.button('Export CSV').waitFor();
  const heard = await listen(page);
  await app.button('Export CSV').click();
  await expectOnce(heard, [/history\.csv saved \(\d rows?\)/]);

  await app.tab('Settings').click();
  await app.button('Import from a file…').click();
  await expectOnce(heard, [
    /^From list\.csv ?1 new number\. ?Columns used: Mobile ?1 line can’t be read/,
  ]);
  await app.button('Import 1 number').click();
  await expectOnce(heard, [/^1 number imported\.$/]);

  for (const times of [1, 2]) {
    await app.button('Back up now').click();
    await expect.poll(() => said(heard, /^Backup created\.$/)).toBe(times);
  }
  await page
    .getByRole('button', { name: /^Restore the backup from/ })
    .first()
    .click();
  await app.button('Restore this backup').click();
  await expectOnce(heard, [/^Backup restored\.$/]);

  await field(app, 'New PIN').fill('4711');
  await field(app, 'Repeat new PIN').fill('4711');
  await page.keyboard.press('Enter');
  await expectOnce(heard, [/^PIN set\./]);
  await app.tab('Invite').click();
  await app.tab('Settings').click();
  for (const times of [1, 2]) {
    await field(app, 'Manager PIN').fill('0000');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(heard, /^That’s not the right PIN/)).toBe(times);
  }
});

test('the focused dialog says that the screen is hidden, and nothing behind it is read out', async () => {
  const installation = await anInstallation({ settings: { undoSeconds: 2 } });
  const app = await installation.open();
  const { page } = app;
  await invite(app, MARIE.phone, MARIE.name);
  await page.keyboard.press('Control+l');
  const heard = await listen(page);
  const privacyScreen = page.getByRole('dialog', { name: 'Deskbell is hidden' });
  await expect(privacyScreen.getByRole('button')).toBeFocused();
  await expect(privacyScreen.getByRole('button')).toHaveAccessibleName(/Deskbell is hidden/);
  await expect.poll(() => installation.vendor.sms().length).toBe(1);
  expect(await heard()).toEqual([]);
  await page.keyboard.press('a');
  await expect(privacyScreen).toBeHidden();
  await expect(app.result).toContainText(/accepted/);
});
