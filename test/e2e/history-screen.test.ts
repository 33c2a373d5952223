import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { DAY_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import { HOTEL, type RunningApp } from '../support/installation.ts';
import { seedDatabase } from '../support/seed-database.ts';
import { aSharedApp } from './open-installation.ts';

const shared = aSharedApp({ settings: { retentionDays: 3_650 } }, ({ dataFolder }) =>
  seedDatabase({
    path: join(dataFolder, 'deskbell.db'),
    rows: 3_000,
    now: Date.now(),
    businessIds: [HOTEL.id],
  }),
);

/** The history of the shared desk as its tab opens it, without a search. */
async function openHistory(): Promise<RunningApp> {
  const { app } = shared();
  await app.tab('Invite').click();
  await app.tab('History').click();
  await expect(app.button('Export CSV')).toBeVisible();
  if (await app.button('Show all').isVisible()) await app.button('Show all').click();
  await expect(app.rows.first()).toBeVisible();
  return app;
}

const place = ({ page }: RunningApp, nth: number) => page.locator(`[aria-posinset="${nth}"]`);
const textbox = ({ page }: RunningApp, name: string) =>
  page.getByRole('textbox', { name, exact: true });

describe('[row 230] the history list', () => {
  test('shows its first rows, whatever opens above it', async () => {
    const app = await openHistory();
    // Few enough that nothing more is loaded, which would measure all rows again.
    await textbox(app, 'From').fill(new Date(Date.now() - 14 * DAY_MS).toISOString().slice(0, 10));
    await expect(app.page.getByText(/^[34]\d invitations found\.$/)).toBeVisible();
    await app.page.getByText('Invitations per day').click();
    await app.page.locator('.rows').evaluate((list) => list.scrollIntoView());
    await expect(place(app, 1)).toBeInViewport();
    await expect(place(app, 2)).toBeInViewport();
    await app.page.getByText('Invitations per day').click();
    await app.button('Show all').click();
  });

  test('keeps a row expanded when it is scrolled out of view', async () => {
    const app = await openHistory();
    await place(app, 2).locator('summary').click();
    await expect(place(app, 2)).toContainText('Confirmed by');
    // A focused row stays rendered anyway.
    await textbox(app, 'From').focus();
    await app.page.mouse.move(400, 500);
    await app.page.mouse.wheel(0, 60_000);
    await expect(place(app, 2)).toHaveCount(0);
    await app.page.mouse.wheel(0, -120_000);
    await expect(place(app, 2)).toBeInViewport();
    await expect(place(app, 2).locator('details')).toHaveAttribute('open');
    await expect(place(app, 2)).toContainText('Confirmed by');
    await place(app, 2).locator('summary').click();
    await expect(place(app, 2)).not.toContainText('Confirmed by');
  });
});

test('[row 231] retries a busy history with growing pauses, then continues', async () => {
  const app = await openHistory();
  const { page, runInMain } = app;
  await runInMain(({ ipcMain }) => {
    const handlers: Map<string, unknown> = Reflect.get(ipcMain, '_invokeHandlers');
    const usual = handlers.get('history.list');
    const asked: number[] = [];
    handlers.set('history.list', () => {
      asked.push(Date.now());
      return { ok: false, failure: { kind: 'storage', why: 'busy' } };
    });
    Object.assign(globalThis, {
      historyAsked: asked,
      endBusy: () => handlers.set('history.list', usual),
    });
  });
  await page.mouse.move(400, 500);
  const asked = () =>
    runInMain(() => {
      const times: number[] = Reflect.get(globalThis, 'historyAsked');
      return times;
    });
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 6_000);
      return (await asked()).length;
    })
    .toBeGreaterThanOrEqual(3);
  await expect(page.getByText('Another program is using Deskbell’s data').first()).toBeVisible();
  const [first = 0, second = 0, third = 0] = await asked();
  expect(second - first).toBeGreaterThanOrEqual(900);
  expect(third - second).toBeGreaterThanOrEqual(1_800);
  await runInMain(() => {
    const endBusy: () => void = Reflect.get(globalThis, 'endBusy');
    endBusy();
  });
  await expect(page.getByText('Another program is using Deskbell’s data')).toHaveCount(0);
});

describe('[row 232] an invalid date filter', () => {
  /** Answers the next save dialog, and returns whether it was opened. */
  const chooseFile = ({ runInMain }: RunningApp, path: string) =>
    runInMain(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);

  test.each([
    ['that does not exist', '2026-02-31', '', 'From', /^Please enter the date like/],
    [
      'before the first one',
      '2026-11-20',
      '2026-11-19',
      'To',
      'The end date is before the start date.',
    ],
  ])('%s is reported, and nothing is exported', async (_, from, until, field, why) => {
    const app = await openHistory();
    const path = join(shared().installation.dataFolder, `wrong-${field}.csv`);
    await chooseFile(app, path);
    await textbox(app, 'From').fill(from);
    await textbox(app, 'To').fill(until);
    await app.button('Export CSV').click();
    await expect(
      app.page.getByText('Nothing was exported: please correct the dates first.'),
    ).toBeVisible();
    await expect(textbox(app, field)).toHaveAccessibleDescription(why);
    await expect(textbox(app, field)).toHaveAttribute('aria-invalid', 'true');
    await expect(textbox(app, field)).toBeFocused();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
    await app.button('Show all').click();
    await expect(textbox(app, field)).toHaveAccessibleDescription('');
    await expect(app.page.getByText('Nothing was exported')).toHaveCount(0);
  });
});

test('[row 233] the search survives a change of tab, and "today" is a day', async () => {
  const app = await openHistory();
  const search = app.page.getByRole('searchbox', { name: 'Search history', exact: true });
  await search.fill('zzz');
  await textbox(app, 'From').fill('today');
  await app.tab('Invite').click();
  await app.tab('History').click();
  await expect(search).toHaveValue('zzz');
  await expect(textbox(app, 'From')).toHaveValue(/^(today|\d\d\/\d\d\/20\d\d)$/);
  await textbox(app, 'From').focus();
  await app.page.keyboard.press('Tab');
  await expect(textbox(app, 'From')).toHaveValue(/^\d\d\/\d\d\/20\d\d$/);
  await expect(textbox(app, 'From')).toHaveAttribute('aria-invalid', 'false');
  await expect(app.page.getByText(/^Nothing found\./)).toBeVisible();
  await app.button('Show all').click();
  await expect(search).toHaveValue('');
});
