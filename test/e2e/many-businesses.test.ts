import type { Page } from 'playwright';
import { test } from 'vitest';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { anInstallation } from './open-installation.ts';

const [, RESTAURANT] = PRACTICE_BUSINESSES;
const COUNT = 5_000;
/** A key takes a few milliseconds; rendering the whole list takes a second. */
const KEY_MS = 100;

const BUSINESSES = [
  HOTEL,
  ...Array.from({ length: COUNT - 2 }, (_, at) => ({
    id: `b${at}`,
    name: `Résidence ${at}, ${['Lyon', 'Nantes', 'Lille'][at % 3] ?? ''}`,
  })),
  RESTAURANT,
].map(({ id, name }) => ({ id, name }));

/** How long a key keeps the page busy, in CPU milliseconds: other programs on the machine do not count. */
async function busyMsPerKey(page: Page, text: string): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busyMs = async (): Promise<number> => {
    const { metrics } = await devTools.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
    if (seconds === undefined) throw new Error('Chromium does not say how busy the page is');
    return seconds * 1_000;
  };
  const before = await busyMs();
  for (const key of text) {
    await page.keyboard.press(key);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        }),
    );
  }
  const spent = (await busyMs()) - before;
  if (spent <= 0) throw new Error('a page that is typed into is busy');
  await devTools.detach();
  return spent / text.length;
}

test('[row 239] a list of 5,000 businesses opens at the chosen one, and the arrow keys continue from it', async () => {
  const installation = await anInstallation({ settings: { businesses: BUSINESSES } });
  const app = await installation.open();
  const { page } = app;
  const option = (name: string) => page.getByRole('option', { name, exact: true });
  const choose = async (name: string): Promise<void> => {
    await app.business.fill(name);
    await expect(option(name)).toHaveAttribute('data-highlighted');
    await page.keyboard.press('Enter');
    await expect(app.business).toHaveValue(name);
  };
  // The picker loads after the page; until then a plain list replaces it.
  await expect(app.business).toHaveAttribute('aria-autocomplete', 'list');
  await choose('Résidence 3000, Lyon');
  await app.phone.focus();
  await app.business.click();
  await expect(option('Résidence 3000, Lyon')).toBeInViewport();
  await expect(option('Résidence 2999, Lille')).toBeInViewport();
  expect(await page.getByRole('option').count()).toBeLessThanOrEqual(50);
  await expect(option('Résidence 3000, Lyon')).toHaveAttribute('data-highlighted');
  await page.keyboard.press('ArrowDown');
  await expect(option('Résidence 3001, Nantes')).toHaveAttribute('data-highlighted');
  await page.keyboard.press('Enter');
  await expect(app.business).toHaveValue('Résidence 3001, Nantes');

  // The last one of all.
  await choose(RESTAURANT.name);
  await app.phone.focus();
  await app.business.click();
  await expect(option(RESTAURANT.name)).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(app.business).toHaveValue(RESTAURANT.name);
});

test('a part of its name finds one of 5,000 businesses, and Enter in the list sends nothing', async () => {
  const installation = await anInstallation({ settings: { businesses: BUSINESSES } });
  const app = await installation.open();
  const { page } = app;
  await expect(app.business).toHaveValue(HOTEL.name);
  await app.phone.fill('0639980012');
  await app.business.focus();
  expect(await busyMsPerKey(page, 'residence lille 17')).toBeLessThan(KEY_MS);
  const options = page.getByRole('option');
  await expect(options.first()).toContainText(/Résidence \d*17\d*, Lille/);
  expect(await options.count()).toBeLessThanOrEqual(50);

  await app.business.fill('nothing like this');
  await expect(page.getByText('No business with this name.')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(app.business).toHaveValue(HOTEL.name);
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  expect(installation.sends()).toEqual([]);

  await app.business.fill(RESTAURANT.name.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(app.business).toHaveValue(RESTAURANT.name);
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.phone.press('Enter');
  await expect.poll(() => installation.sends()).toMatchObject([{ business_id: RESTAURANT.id }]);
  await app.quit();

  const again = await installation.open();
  await expect(again.business).toHaveValue(RESTAURANT.name);
});

test('Settings renders one page of 5,000 businesses and finds the others', async () => {
  const installation = await anInstallation({ settings: { businesses: BUSINESSES } });
  const app = await installation.open();
  const { page } = app;
  await app.tab('Settings').click();
  const list = page.getByRole('list', { name: 'Businesses of this desk' }).getByRole('listitem');
  await expect(list).toHaveCount(20);
  await app.button('Show more').click();
  await expect(list).toHaveCount(40);
  await page.getByRole('searchbox', { name: 'Find in this list' }).focus();
  expect(await busyMsPerKey(page, 'residence lille 17')).toBeLessThan(KEY_MS);
  await page.getByRole('searchbox', { name: 'Find in this list' }).fill(RESTAURANT.name);
  await expect(list).toHaveCount(1);
  await app.tab('History').click();
  const filter = page.getByRole('combobox', { name: 'Business' });
  await filter.fill('residence 4242');
  await page.keyboard.press('Enter');
  await expect(filter).toHaveValue(/Résidence 4242/);
});
