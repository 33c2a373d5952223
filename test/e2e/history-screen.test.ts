import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { DAY_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import { HOTEL, type Desk } from '../support/installation.ts';
import { seedLog } from '../support/seed-database.ts';
import { aSharedDesk } from './open-installation.ts';

const shared = aSharedDesk({ settings: { retentionDays: 3_650 } }, ({ dataFolder }) =>
  seedLog({
    path: join(dataFolder, 'deskbell.db'),
    rows: 3_000,
    now: Date.now(),
    businessIds: [HOTEL.id],
  }),
);

/** The history of the shared desk as its tab opens it, without a search. */
async function openHistory(): Promise<Desk> {
  const { desk } = shared();
  await desk.tab('Invite').click();
  await desk.tab('History').click();
  await expect(desk.button('Export CSV')).toBeVisible();
  if (await desk.button('Show all').isVisible()) await desk.button('Show all').click();
  await expect(desk.rows.first()).toBeVisible();
  return desk;
}

const place = ({ page }: Desk, nth: number) => page.locator(`[aria-posinset="${nth}"]`);
const textbox = ({ page }: Desk, name: string) => page.getByRole('textbox', { name, exact: true });

describe('[row 230] the history list', () => {
  test('shows its first rows, whatever opens above it', async () => {
    const desk = await openHistory();
    // Few enough that nothing more is loaded, which would measure all rows again.
    await textbox(desk, 'From').fill(new Date(Date.now() - 14 * DAY_MS).toISOString().slice(0, 10));
    await expect(desk.page.getByText(/^[34]\d invitations found\.$/)).toBeVisible();
    await desk.page.getByText('Invitations per day').click();
    await desk.page.locator('.rows').evaluate((list) => list.scrollIntoView());
    await expect(place(desk, 1)).toBeInViewport();
    await expect(place(desk, 2)).toBeInViewport();
    await desk.page.getByText('Invitations per day').click();
    await desk.button('Show all').click();
  });

  test('keeps a row expanded when it is scrolled out of view', async () => {
    const desk = await openHistory();
    await place(desk, 2).locator('summary').click();
    await expect(place(desk, 2)).toContainText('Confirmed by');
    // A focused row stays rendered anyway.
    await textbox(desk, 'From').focus();
    await desk.page.mouse.move(400, 500);
    await desk.page.mouse.wheel(0, 60_000);
    await expect(place(desk, 2)).toHaveCount(0);
    await desk.page.mouse.wheel(0, -120_000);
    await expect(place(desk, 2)).toBeInViewport();
    await expect(place(desk, 2).locator('details')).toHaveAttribute('open');
    await expect(place(desk, 2)).toContainText('Confirmed by');
    await place(desk, 2).locator('summary').click();
    await expect(place(desk, 2)).not.toContainText('Confirmed by');
  });
});

test('[row 231] retries a busy history with growing pauses, then continues', async () => {
  const desk = await openHistory();
  const { page, runInMain } = desk;
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
  const chooseFile = ({ runInMain }: Desk, path: string) =>
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
    const desk = await openHistory();
    const path = join(shared().installation.dataFolder, `wrong-${field}.csv`);
    await chooseFile(desk, path);
    await textbox(desk, 'From').fill(from);
    await textbox(desk, 'To').fill(until);
    await desk.button('Export CSV').click();
    await expect(
      desk.page.getByText('Nothing was exported: please correct the dates first.'),
    ).toBeVisible();
    await expect(textbox(desk, field)).toHaveAccessibleDescription(why);
    await expect(textbox(desk, field)).toHaveAttribute('aria-invalid', 'true');
    await expect(textbox(desk, field)).toBeFocused();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
    await desk.button('Show all').click();
    await expect(textbox(desk, field)).toHaveAccessibleDescription('');
    await expect(desk.page.getByText('Nothing was exported')).toHaveCount(0);
  });
});

test('[row 233] the search survives a change of tab, and "today" is a day', async () => {
  const desk = await openHistory();
  const search = desk.page.getByRole('searchbox', { name: 'Search history', exact: true });
  await search.fill('zzz');
  await textbox(desk, 'From').fill('today');
  await desk.tab('Invite').click();
  await desk.tab('History').click();
  await expect(search).toHaveValue('zzz');
  await expect(textbox(desk, 'From')).toHaveValue(/^(today|\d\d\/\d\d\/20\d\d)$/);
  await textbox(desk, 'From').focus();
  await desk.page.keyboard.press('Tab');
  await expect(textbox(desk, 'From')).toHaveValue(/^\d\d\/\d\d\/20\d\d$/);
  await expect(textbox(desk, 'From')).toHaveAttribute('aria-invalid', 'false');
  await expect(desk.page.getByText(/^Nothing found\./)).toBeVisible();
  await desk.button('Show all').click();
  await expect(search).toHaveValue('');
});
