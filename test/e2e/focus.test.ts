import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const MARIE = { phone: '0639980012', name: 'Marie Dupont' };
const JEAN = { phone: '0639980013', name: 'Jean Martin' };
const LEA = { phone: '0639980014', name: 'Léa Petit' };
const PIN = '4711';

const summary = (app: RunningApp, name: string): Locator => app.row(name).locator('summary');
const heading = ({ page }: RunningApp, name: string): Locator =>
  page.getByRole('heading', { name, exact: true });
const field = ({ page }: RunningApp, name: string): Locator =>
  page.getByRole('textbox', { name, exact: true });

/** Delays the loading of a part of the page until it is released. */
async function holdBack(page: Page, part: string) {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  // A part whose name only starts with this one, like settings-drafts, is not delayed.
  await page.route(new RegExp(`/${part}-[\\w-]{8}\\.js$`), async (route) => {
    await released;
    await route.continue();
  });
  return { part, release: () => release() };
}

test('when an invitation leaves its list the next one gets the focus, after the last one the title', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await installation.vendor.refuseConnections();
  for (const { phone, name } of [MARIE, JEAN, LEA]) await invite(app, phone, name);
  await app.page.keyboard.press('Control+Digit2');
  await expect(heading(app, 'Outbox')).toBeFocused();
  const cancel = async (name: string): Promise<void> => {
    const button = app.row(name).getByRole('button', { name: 'Cancel', exact: true });
    await button.focus();
    await app.page.keyboard.press('Enter');
  };
  await cancel(JEAN.name);
  await expect(summary(app, LEA.name)).toBeFocused();
  await cancel(LEA.name);
  await expect(summary(app, MARIE.name)).toBeFocused();
  await cancel(MARIE.name);
  await expect(heading(app, 'Outbox')).toBeFocused();

  await app.page.keyboard.press('Control+Digit3');
  await expect(heading(app, 'History')).toBeFocused();
  await summary(app, JEAN.name).click();
  const ask = app.button('Erase this customer’s data…');
  await ask.click();
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(ask).toBeFocused();
  await ask.click();
  await app.button('Erase permanently').click();
  await expect(app.row(JEAN.name)).toHaveCount(0);
  await expect(summary(app, MARIE.name)).toBeFocused();
  await app.page.keyboard.press('Control+Digit1');
  await expect(app.phone).toBeFocused();
});

test.each([
  ['before its content', ['restore-focus', 'settings']],
  ['after its content', ['settings', 'restore-focus']],
])('a tab chosen during start-up gets the focus, also if its code loads %s', async (_, parts) => {
  const installation = await anInstallation();
  const app = await installation.open();
  const { page } = app;
  const held = await Promise.all(parts.map((part) => holdBack(page, part)));
  const keeper = page.waitForRequest('**/restore-focus-*.js');
  await page.reload();
  await expect(app.send).toBeVisible();
  const url = JSON.stringify((await keeper).url());
  await page.keyboard.press('Control+Digit4');
  await expect(app.phone).toBeHidden();
  for (const { part, release } of held) {
    release();
    if (part === 'settings') await expect(heading(app, 'Settings')).toBeVisible();
    else await page.evaluate(`import(${url})`);
  }
  await expect(heading(app, 'Settings')).toBeFocused();
});

test('a confirmation returns the focus, and a removal moves it to a neighbour', async () => {
  const installation = await anInstallation({ settings: { staff: undefined } });
  const app = await installation.open();
  const { page } = app;
  // Key presses before that are ignored.
  await expect(app.send).toBeVisible();
  await page.keyboard.press('Control+Digit4');
  await expect(heading(app, 'Settings')).toBeFocused();

  await app.button('Remove key').click();
  await expect(app.button('Keep key')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(app.button('Remove key')).toBeFocused();

  for (const name of ['Léa', 'Noé']) {
    await field(app, 'Name').fill(name);
    await page.keyboard.press('Enter');
    await expect(app.button(`Remove ${name} from the list`)).toBeVisible();
  }
  await app.button('Remove Léa from the list').click();
  // A removed row keeps its place, and the list has the focus: a held key restores nothing.
  const staff = page.getByRole('list', { name: 'Staff' });
  await expect(staff).toBeFocused();
  await app.button('Remove Noé from the list').click();
  await expect(staff).toBeFocused();
  await expect(app.button('Undo: Noé')).toBeVisible();

  await app.button('Back up now').click();
  const restore = page.getByRole('button', { name: /^Restore the backup from/ });
  await restore.click();
  await expect(app.button('Keep current data')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(restore).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Backup restored.')).toBeVisible();
  await expect(page.locator('body')).not.toBeFocused();

  await app.button('About Deskbell').click();
  const about = page.getByRole('dialog', { name: 'Deskbell', exact: true });
  await expect(about.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await expect(app.button('About Deskbell')).toBeFocused();
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('dialog', { name: 'Deskbell is hidden' })).toBeVisible();
  await page.keyboard.press('a');
  await expect(app.button('About Deskbell')).toBeFocused();
});

test('the do-not-contact list keeps the focus through its report, its question and its rows', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const { page } = app;
  const file = join(installation.dataFolder, 'list.csv');
  await writeFile(file, 'Mobile\n0639980012\n0639980013\n');
  await app.runInMain(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await app.tab('Settings').click();
  const choose = app.button('Import from a file…');
  await choose.click();
  await app.button('Don’t import').click();
  await expect(heading(app, 'Do not contact')).toBeFocused();
  await choose.click();
  await app.button('Import 2 numbers').click();
  await expect(heading(app, 'Do not contact')).toBeFocused();

  await app.button('Show the list (2)').click();
  const list = page.getByRole('list', { name: 'Do not contact' });
  for (const isLast of [false, true]) {
    await list.getByRole('button').first().click();
    const remove = list.getByRole('button', { name: 'Remove', exact: true });
    await remove.click();
    await expect(app.button('Keep on the list')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(remove).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(isLast ? heading(app, 'Do not contact') : list).toBeFocused();
  }
});

test('the PIN field takes the focus and returns it', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const { page } = app;
  await app.tab('Settings').click();
  await field(app, 'New PIN').fill(PIN);
  await field(app, 'Repeat new PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(app.button('Change PIN')).toBeVisible();
  await expect(field(app, 'Repeat new PIN')).toBeFocused();
  await page.keyboard.press('Control+Digit1');
  await expect(heading(app, 'Settings')).toHaveCount(0);
  await page.keyboard.press('Control+Digit4');
  await field(app, 'Manager PIN').fill('0000');
  await page.keyboard.press('Enter');
  await expect(field(app, 'Manager PIN')).toHaveValue('');
  await expect(field(app, 'Manager PIN')).toBeFocused();
  await field(app, 'Manager PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(heading(app, 'Connection to Partoo')).toBeFocused();
  await field(app, 'Current PIN').fill(PIN);
  await app.button('Remove PIN').click();
  await expect(app.button('Set PIN')).toBeFocused();
});

test('with a PIN set, erasing asks for it, and the question stays until it is right', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const { page } = app;
  await invite(app, MARIE.phone, MARIE.name);
  await expect(app.result).toContainText(/accepted/i);
  await page.evaluate((next) => window.deskbell.calls['pin.save']({ current: null, next }), PIN);
  await page.evaluate(() => window.deskbell.calls['settings.lock']({}));
  await app.tab('History').click();
  await summary(app, MARIE.name).click();
  await app.button('Erase this customer’s data…').click();
  const dialog = page.getByRole('dialog');
  await field(app, 'Manager PIN').fill('0000');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('That’s not the right PIN');
  await expect(field(app, 'Manager PIN')).toBeFocused();
  await expect(field(app, 'Manager PIN')).toHaveValue('');
  await field(app, 'Manager PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Erased: /)).toBeVisible();
  await expect(heading(app, 'History')).toBeFocused();
});
