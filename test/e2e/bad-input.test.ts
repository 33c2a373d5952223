import type { Locator } from 'playwright';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { getExampleNumber } from 'libphonenumber-js/max';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const MEGABYTE = 1_000_000;
const PHONE = '0639980012';

/** Pastes with the keyboard. */
async function paste({ runInMain, page }: RunningApp, field: Locator, text: string): Promise<void> {
  await runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await field.focus();
  await page.keyboard.press('Control+v');
}
const lengthIn = async (field: Locator): Promise<number> => (await field.inputValue()).length;

test('cuts a pasted book to the length of the field, says so, and stays responsive (row 81)', async () => {
  const installation = await anInstallation({ settings: { staff: undefined } });
  const app = await installation.open();
  const { page } = app;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const note = page.getByText(
    /^That text was too long \(1,000,000\scharacters\), so only the first [\d,]+ were pasted/,
  );
  const pasteBook = async (where: Locator, most: number, letter = 'a'): Promise<void> => {
    await paste(app, where, letter.repeat(MEGABYTE));
    await expect(note).toContainText(`first ${most.toLocaleString('en')} were`);
    expect(await lengthIn(where)).toBeLessThanOrEqual(most);
    // Further typing is processed at once.
    const startMs = performance.now();
    await where.fill('1234');
    expect(performance.now() - startMs).toBeLessThan(2_000);
  };
  await page.locator('.paste-guard').waitFor({ state: 'attached' });
  await pasteBook(app.phone, 2_000, '6');
  await app.phone.fill('');
  await pasteBook(app.customerName, 2_000);
  await page.keyboard.press('Escape');
  await app.tab('History').click();
  await pasteBook(page.getByRole('searchbox', { name: 'Search history' }), 200);
  await app.tab('Settings').click();
  await pasteBook(field('Name'), 100);
  await pasteBook(field('New PIN'), 12);
  await pasteBook(app.apiKey, 2_000);
  await app.tab('Invite').click();
  await app.messageLine.click();
  await paste(app, app.messageText, 'a'.repeat(MEGABYTE));
  await expect(page.getByText(/1,000,000/).last()).toBeVisible();
  await expect(app.messageText).toHaveValue('');
});

test('takes a name with emoji, right-to-left text or too many letters, and drops invisible characters (row 81)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const names = [
    ['0639980012', 'דנה לוי', 'דנה לוי'],
    ['0639980013', '😀 Zoë 👨‍👩‍👧', '😀 Zoë 👨‍👩‍👧'],
    ['0639980014', '\u202EtnopuD\u200B eiraM', 'tnopuD eiraM'],
  ] as const;
  for (const [phone, typed] of names) await invite(app, phone, typed);
  const long = 'Marie '.repeat(60);
  await app.phone.fill('0639980015');
  await app.customerName.fill(long);
  await expect(app.customerName).toHaveAccessibleDescription(/255/);
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.customerName.press('Enter');
  await expect(app.phone).toHaveValue('');
  await expect
    .poll(() => installation.sends())
    .toMatchObject([
      ...names.map(([, , target_name]) => ({ target_name })),
      { target_name: long.slice(0, 255).trim() },
    ]);

  await app.tab('History').click();
  const shown = app.row('דנה לוי').locator('.row-name');
  await expect(shown).toHaveCSS('direction', 'rtl');
  await expect(app.row('tnopuD eiraM').locator('.row-name')).toHaveCSS('direction', 'ltr');
});

test('reads foreign numbers as they are written in their country (row 80)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  for (const country of ['DE', 'GB', 'US', 'BR', 'JP', 'MA', 'RE', 'CH'] as const) {
    const example = getExampleNumber(country, examples);
    if (example === undefined) throw new Error(`no example for ${country}`);
    await app.phone.fill(example.formatInternational());
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    await expect(app.phone).toHaveValue(/^\+|^0/);
  }
  await app.phone.fill('+999 123 456 789');
  await expect(app.verdict).not.toContainText(/no earlier invitation/i);
  await app.page.keyboard.press('Enter');
  expect(installation.sends()).toEqual([]);
  await expect(app.phone).not.toHaveValue('');
  await app.phone.fill(PHONE);
  await expect(app.verdict).toContainText(/no earlier invitation/i);
});
