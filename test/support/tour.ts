import type { Page } from 'playwright';
import type { Language } from '../../shared/languages.ts';
import { expect } from './expect.ts';
import { invite } from './visit.ts';
import type { Desk, Reception } from './reception.ts';

/** A state of a screen, and how a visitor who speaks any language comes to it. */
type Scene = { readonly name: string; readonly show: (page: Page) => Promise<void> };

const DELIVERED = { phone: '0639980012', name: 'Marie Dupont' };
const WAITING = [
  { phone: '0639980013', name: 'Jean-Baptiste Martin-Delacroix' },
  { phone: '0639980014', name: 'Léa Petit' },
] as const;
const UNKNOWN_PHONE = '0639980015';

/** Seeds a desk: one customer has got an SMS, two wait because Partoo does not answer. */
export async function furnish(reception: Reception, desk: Desk): Promise<void> {
  await invite(desk, DELIVERED.phone, DELIVERED.name);
  await expect.poll(() => reception.vendor.sms().length).toBe(1);
  await reception.vendor.refuseConnections();
  for (const { phone, name } of WAITING) await invite(desk, phone, name);
  await expect(desk.connection).not.toBeEmpty();
}

const go = async (page: Page, tab: 1 | 2 | 3 | 4): Promise<void> => {
  await page.keyboard.press(`Control+Digit${tab}`);
  await expect(page.getByRole('tab').nth(tab - 1)).toHaveAttribute('aria-selected', 'true');
  await page.locator('main h1:visible').first().waitFor();
};
const type = async (page: Page, phone: string): Promise<void> => {
  await go(page, 1);
  await page.keyboard.press('Escape');
  await page.locator('input[type=tel]').fill(phone);
  await expect(page.locator('.verdict')).not.toBeEmpty();
};
const openFirstRow = async (page: Page): Promise<void> => {
  const row = page.getByRole('main').getByRole('listitem').locator('details').first();
  if ((await row.getAttribute('open')) === null) await row.locator('summary').click();
  await expect(row).toHaveAttribute('open', '');
};

/** Every screen of a furnished desk in each state that it can be brought to. */
export const SCENES: readonly Scene[] = [
  {
    name: 'invite',
    show: async (page) => {
      await go(page, 1);
      await page.locator('input[type=tel]').fill('');
    },
  },
  { name: 'invite-impossible', show: (page) => type(page, '06399800155555') },
  { name: 'invite-new', show: (page) => type(page, UNKNOWN_PHONE) },
  { name: 'invite-waiting', show: (page) => type(page, WAITING[0].phone) },
  { name: 'invite-again', show: (page) => type(page, DELIVERED.phone) },
  {
    name: 'invite-forced',
    show: async (page) => {
      await type(page, DELIVERED.phone);
      await page.getByRole('switch').check();
    },
  },
  { name: 'outbox', show: (page) => go(page, 2) },
  {
    name: 'outbox-row',
    show: async (page) => {
      await go(page, 2);
      await openFirstRow(page);
    },
  },
  { name: 'history', show: (page) => go(page, 3) },
  {
    name: 'history-row',
    show: async (page) => {
      await go(page, 3);
      await openFirstRow(page);
    },
  },
  {
    name: 'settings',
    show: async (page) => {
      await go(page, 4);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
];

/** Lets the page speak a language, as a person does in Settings. */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(
    (chosen) => window.deskbell.calls['settings.save']({ language: chosen }),
    language,
  );
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** Turns the whole application light or dark, as the system does. */
export async function setTheme({ electron, page }: Desk, theme: 'light' | 'dark'): Promise<void> {
  await electron.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, theme);
  await expect
    .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(theme === 'dark');
}
