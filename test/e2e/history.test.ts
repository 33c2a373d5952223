import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL, type RunningApp, type Installation } from '../support/installation.ts';
import { seedDatabase } from '../support/seed-database.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const ROWS = 3_000;
const MARIE = { phone: '0639980012', name: 'Marie Zwirbel' };

async function withHistory(): Promise<Installation> {
  const installation = await anInstallation({ settings: { retentionDays: 3_650 } });
  seedDatabase({
    path: join(installation.dataFolder, 'deskbell.db'),
    rows: ROWS,
    now: Date.now(),
    businessIds: [HOTEL.id],
  });
  return installation;
}

const search = ({ page }: RunningApp) =>
  page.getByRole('searchbox', { name: 'Search history', exact: true });

/** Answers the next save dialog. */
async function chooseFile({ runInMain }: RunningApp, path: string): Promise<void> {
  await runInMain(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
}

test('finds a customer by part of the number in either spelling, by name and by colleague', async () => {
  const installation = await withHistory();
  const app = await installation.open();
  await invite(app, MARIE.phone, MARIE.name);
  await expect(app.result).toContainText(/accepted/i);
  await app.tab('History').click();
  await expect(app.row(MARIE.name)).toContainText('Accepted');
  for (const text of ['06 39 98 00 12', '+33 6 39 98 00 12', 'zwirbel', 'MARIE zwir']) {
    await search(app).fill(text);
    await expect(app.rows.first()).toContainText(MARIE.name);
  }
  await expect(app.rows).toHaveCount(1);
  await search(app).fill('nobody at all');
  await expect(app.rows).toHaveCount(0);
  await expect(app.page.getByText('Nothing found.')).toBeVisible();
  await app.button('Show all').click();
  await expect(app.row(MARIE.name)).toBeVisible();
  await expect(app.page.getByText(/^Today: \d+ accepted · \d+ delivered · /)).toBeVisible();
});

test('renders only the visible rows of thousands (row 108)', async () => {
  const installation = await withHistory();
  const app = await installation.open();
  await app.tab('History').click();
  await expect(app.rows.first()).toBeVisible();
  await app.page.mouse.move(400, 500);
  await expect
    .poll(async () => {
      // Scrolling stops at the end of the loaded rows; then more are loaded.
      await app.page.mouse.wheel(0, 6_000);
      return Number(await app.rows.last().getAttribute('data-index'));
    })
    .toBeGreaterThan(150);
  expect(await app.rows.count()).toBeLessThan(60);
});

test('a focused row keeps the focus out of view, and the keys continue from it', async () => {
  const installation = await withHistory();
  const app = await installation.open();
  const { page } = app;
  await app.tab('History').click();
  const place = (nth: number) => app.page.locator(`[aria-posinset="${nth}"] summary`);
  await place(3).focus();
  await page.mouse.move(400, 500);
  await page.mouse.wheel(0, 60_000);
  await expect(place(40)).toBeInViewport();
  await expect(place(3)).toBeFocused();
  await expect(place(3)).not.toBeInViewport();

  await page.keyboard.press('ArrowDown');
  await expect(place(4)).toBeFocused();
  await expect(place(4)).toBeInViewport();
  await page.keyboard.press('PageDown');
  await expect(place(4)).not.toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(place(4)).toBeFocused();
  // The end of the loaded rows, then of those loaded since.
  await page.keyboard.press('End');
  const focused = () =>
    page.evaluate(() => Number(document.activeElement?.parentElement?.parentElement?.ariaPosInSet));
  await expect.poll(focused).toBeGreaterThan(40);
  const end = await focused();
  await expect(place(end)).toBeInViewport();
  await expect(place(end + 5)).toBeAttached();
  await page.keyboard.press('End');
  await expect.poll(focused).toBeGreaterThan(end);
  await page.keyboard.press('Home');
  await expect(place(1)).toBeFocused();
  await expect(place(1)).toBeInViewport();
});

test('exports the filtered rows to the chosen file and no other', async () => {
  const installation = await withHistory();
  const app = await installation.open();
  const path = join(installation.dataFolder, 'not-delivered.csv');
  await chooseFile(app, path);
  await app.tab('History').click();
  await app.page.getByRole('combobox', { name: 'State' }).selectOption('not_delivered');
  await expect(app.page.getByText('3 invitations found.')).toBeVisible();
  await app.button('Export CSV').click();
  await expect(app.page.getByText('not-delivered.csv saved (3 rows).')).toBeVisible();
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/'\+33639/);
});

test('erases a customer after one clear question, with no trace left (row 99)', async () => {
  const installation = await withHistory();
  const app = await installation.open();
  await invite(app, MARIE.phone, MARIE.name);
  await expect(app.result).toContainText(/accepted/i);
  await app.tab('History').click();
  await search(app).fill('zwirbel');
  await app.row(MARIE.name).locator('summary').click();
  await app.button('Erase this customer’s data…').click();
  const dialog = app.page.getByRole('dialog', { name: /^Erase 06 39 98 00 12/ });
  await expect(dialog).toContainText('can’t be undone');
  await dialog.getByRole('button', { name: 'Erase permanently' }).click();
  await expect(app.page.getByText(/^Erased: /)).toBeVisible();
  await expect(app.row(MARIE.name)).toHaveCount(0);
  for (const name of await readdir(installation.dataFolder)) {
    if (!name.startsWith('deskbell.db')) continue;
    const bytes = await readFile(join(installation.dataFolder, name), 'latin1');
    expect(bytes).not.toMatch(/Zwirbel/i);
  }
});

test('[row 168] erases a customer without a row by the whole number', async () => {
  const installation = await anInstallation({});
  const app = await installation.open();
  await app.tab('History').click();
  await search(app).fill('06 39 98 00');
  await expect(app.page.getByText('Nothing found.')).toBeVisible();
  await expect(app.page.getByRole('button', { name: /^Erase everything/ })).toHaveCount(0);
  await search(app).fill('+33639980042');
  await app.button('Erase everything about 06 39 98 00 42…').click();
  const dialog = app.page.getByRole('dialog', { name: /^Erase 06 39 98 00 42/ });
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Erase permanently' }).click();
  await expect(
    app.page.getByText('This number is now kept only on the do-not-contact list.'),
  ).toBeVisible();
  await app.button('Erase everything about 06 39 98 00 42…').click();
  await expect(dialog.getByRole('checkbox')).toBeChecked();
  await dialog.getByRole('checkbox').uncheck();
  await dialog.getByRole('button', { name: 'Erase permanently' }).click();
  await expect(
    app.page.getByText('This PC no longer holds any data about this number.'),
  ).toBeVisible();
});

test('a French user reads and types the day before the month, whatever the system language', async () => {
  const installation = await withHistory();
  await installation.configure(
    JSON.stringify({
      ...JSON.parse(await readFile(installation.configFile, 'utf8')),
      language: 'fr',
    }),
  );
  const app = await installation.open();
  const { page } = app;
  await page.getByRole('tab', { name: 'Historique' }).click();
  const from = page.getByRole('textbox', { name: 'Du', exact: true });
  const until = page.getByRole('textbox', { name: 'Au', exact: true });
  await expect(from).toHaveAttribute('placeholder', /^p\. ex\. \d\d\/\d\d\/20\d\d$/);
  await from.pressSequentially('25112026');
  await until.pressSequentially('25.11.26');
  await page.keyboard.press('Tab');
  await expect(from).toHaveValue('25/11/2026');
  await expect(until).toHaveValue('25/11/2026');
  await until.fill('11/25/2026');
  await page.keyboard.press('Tab');
  await expect(until).toHaveAccessibleDescription(
    /Veuillez écrire la date sous la forme \d\d\/\d\d/,
  );
});
