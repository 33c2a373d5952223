import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { Desk } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const MARIE = { phone: '0639980012', name: 'Marie Dupont' };
const JEAN = { phone: '0639980013', name: 'Jean Martin' };
const LEA = { phone: '0639980014', name: 'Léa Petit' };
const PIN = '4711';

const summary = (desk: Desk, name: string): Locator => desk.row(name).locator('summary');
const heading = ({ page }: Desk, name: string): Locator =>
  page.getByRole('heading', { name, exact: true });
const field = ({ page }: Desk, name: string): Locator =>
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
  const desk = await installation.open();
  await installation.vendor.refuseConnections();
  for (const { phone, name } of [MARIE, JEAN, LEA]) await invite(desk, phone, name);
  await desk.page.keyboard.press('Control+Digit2');
  await expect(heading(desk, 'Outbox')).toBeFocused();
  const cancel = async (name: string): Promise<void> => {
    const button = desk.row(name).getByRole('button', { name: 'Cancel', exact: true });
    await button.focus();
    await desk.page.keyboard.press('Enter');
  };
  await cancel(JEAN.name);
  await expect(summary(desk, LEA.name)).toBeFocused();
  await cancel(LEA.name);
  await expect(summary(desk, MARIE.name)).toBeFocused();
  await cancel(MARIE.name);
  await expect(heading(desk, 'Outbox')).toBeFocused();

  await desk.page.keyboard.press('Control+Digit3');
  await expect(heading(desk, 'History')).toBeFocused();
  await summary(desk, JEAN.name).click();
  const ask = desk.button('Erase this customer’s data…');
  await ask.click();
  await expect(desk.page.getByRole('dialog')).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(ask).toBeFocused();
  await ask.click();
  await desk.button('Erase permanently').click();
  await expect(desk.row(JEAN.name)).toHaveCount(0);
  await expect(summary(desk, MARIE.name)).toBeFocused();
  await desk.page.keyboard.press('Control+Digit1');
  await expect(desk.phone).toBeFocused();
});

test.each([
  ['before what it shows', ['restore-focus', 'settings']],
  ['after it', ['settings', 'restore-focus']],
])('a tab chosen during start-up gets the focus, also if its code loads %s', async (_, parts) => {
  const installation = await anInstallation();
  const desk = await installation.open();
  const { page } = desk;
  const held = await Promise.all(parts.map((part) => holdBack(page, part)));
  const keeper = page.waitForRequest('**/restore-focus-*.js');
  await page.reload();
  await expect(desk.send).toBeVisible();
  const url = JSON.stringify((await keeper).url());
  await page.keyboard.press('Control+Digit4');
  await expect(desk.phone).toBeHidden();
  for (const { part, release } of held) {
    release();
    if (part === 'settings') await expect(heading(desk, 'Settings')).toBeVisible();
    else await page.evaluate(`import(${url})`);
  }
  await expect(heading(desk, 'Settings')).toBeFocused();
});

test('a confirmation returns the focus, and a removal moves it to a neighbour', async () => {
  const installation = await anInstallation({ settings: { staff: undefined } });
  const desk = await installation.open();
  const { page } = desk;
  // Key presses before that are ignored.
  await expect(desk.send).toBeVisible();
  await page.keyboard.press('Control+Digit4');
  await expect(heading(desk, 'Settings')).toBeFocused();

  await desk.button('Remove key').click();
  await expect(desk.button('Keep key')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(desk.button('Remove key')).toBeFocused();

  for (const name of ['Léa', 'Noé']) {
    await field(desk, 'Name').fill(name);
    await page.keyboard.press('Enter');
    await expect(desk.button(`Remove ${name} from the list`)).toBeVisible();
  }
  await desk.button('Remove Léa from the list').click();
  // A removed row keeps its place, and the list has the focus: a held key restores nothing.
  const staff = page.getByRole('list', { name: 'Staff' });
  await expect(staff).toBeFocused();
  await desk.button('Remove Noé from the list').click();
  await expect(staff).toBeFocused();
  await expect(desk.button('Undo: Noé')).toBeVisible();

  await desk.button('Back up now').click();
  const restore = page.getByRole('button', { name: /^Restore the backup from/ });
  await restore.click();
  await expect(desk.button('Keep current data')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(restore).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Backup restored.')).toBeVisible();
  await expect(page.locator('body')).not.toBeFocused();

  await desk.button('About Deskbell').click();
  const about = page.getByRole('dialog', { name: 'Deskbell', exact: true });
  await expect(about.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await expect(desk.button('About Deskbell')).toBeFocused();
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('dialog', { name: 'Deskbell is hidden' })).toBeVisible();
  await page.keyboard.press('a');
  await expect(desk.button('About Deskbell')).toBeFocused();
});

test('the do-not-contact list keeps the focus through its report, its question and its rows', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  const { page } = desk;
  const file = join(installation.dataFolder, 'list.csv');
  await writeFile(file, 'Mobile\n0639980012\n0639980013\n');
  await desk.runInMain(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await desk.tab('Settings').click();
  const choose = desk.button('Import from a file…');
  await choose.click();
  await desk.button('Don’t import').click();
  await expect(heading(desk, 'Do not contact')).toBeFocused();
  await choose.click();
  await desk.button('Import 2 numbers').click();
  await expect(heading(desk, 'Do not contact')).toBeFocused();

  await desk.button('Show the list (2)').click();
  const list = page.getByRole('list', { name: 'Do not contact' });
  for (const isLast of [false, true]) {
    await list.getByRole('button').first().click();
    const remove = list.getByRole('button', { name: 'Remove', exact: true });
    await remove.click();
    await expect(desk.button('Keep on the list')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(remove).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(isLast ? heading(desk, 'Do not contact') : list).toBeFocused();
  }
});

test('the PIN field takes the focus and returns it', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  const { page } = desk;
  await desk.tab('Settings').click();
  await field(desk, 'New PIN').fill(PIN);
  await field(desk, 'Repeat new PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(desk.button('Change PIN')).toBeVisible();
  await expect(field(desk, 'Repeat new PIN')).toBeFocused();
  await page.keyboard.press('Control+Digit1');
  await expect(heading(desk, 'Settings')).toHaveCount(0);
  await page.keyboard.press('Control+Digit4');
  await field(desk, 'Manager PIN').fill('0000');
  await page.keyboard.press('Enter');
  await expect(field(desk, 'Manager PIN')).toHaveValue('');
  await expect(field(desk, 'Manager PIN')).toBeFocused();
  await field(desk, 'Manager PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(heading(desk, 'Connection to Partoo')).toBeFocused();
  await field(desk, 'Current PIN').fill(PIN);
  await desk.button('Remove PIN').click();
  await expect(desk.button('Set PIN')).toBeFocused();
});

test('with a PIN set, erasing asks for it, and the question stays until it is right', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  const { page } = desk;
  await invite(desk, MARIE.phone, MARIE.name);
  await expect(desk.result).toContainText(/accepted/i);
  await page.evaluate((next) => window.deskbell.calls['pin.save']({ current: null, next }), PIN);
  await page.evaluate(() => window.deskbell.calls['settings.lock']({}));
  await desk.tab('History').click();
  await summary(desk, MARIE.name).click();
  await desk.button('Erase this customer’s data…').click();
  const dialog = page.getByRole('dialog');
  await field(desk, 'Manager PIN').fill('0000');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('That’s not the right PIN');
  await expect(field(desk, 'Manager PIN')).toBeFocused();
  await expect(field(desk, 'Manager PIN')).toHaveValue('');
  await field(desk, 'Manager PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Erased: /)).toBeVisible();
  await expect(heading(desk, 'History')).toBeFocused();
});
