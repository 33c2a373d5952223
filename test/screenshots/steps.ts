import type { ParseKeys } from 'i18next';
import { expect } from '../support/expect.ts';
import type { SectionName } from '../../renderer/settings/section.tsx';
import type { Step } from './stage.ts';

type Tab = 'outbox' | 'history' | 'settings';

/** Takes step after step. */
export const inTurn =
  (...steps: readonly Step[]): Step =>
  async (stage) => {
    for (const step of steps) await step(stage);
  };

/** Opens a tab by its name. */
export const open =
  (tab: Tab): Step =>
  async ({ page, t }) => {
    await page.getByRole('tab', { name: t(`tab.${tab}`), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: t(`${tab}.title`) }).waitFor();
  };

/** Presses a button by the key of its text. */
export const press =
  (key: ParseKeys, values: { readonly count?: number } = {}): Step =>
  ({ page, t }) =>
    page
      .getByRole('button', { name: t(key, values), exact: true })
      .first()
      .click();

/** Types into the field with this label. */
export const write =
  (key: ParseKeys, text: string): Step =>
  ({ page, t }) =>
    page.getByRole('main').getByLabel(t(key), { exact: true }).first().fill(text);

/** Types a number and waits for its verdict. */
export const typePhone =
  (digits: string): Step =>
  async ({ page, t }) => {
    await page.getByRole('textbox', { name: t('invite.phone') }).fill(digits);
    await expect(page.getByRole('status', { name: t('verdict.label') })).not.toBeEmpty();
  };

/** Pastes a text into the phone field. */
export const pastePhone =
  (text: string): Step =>
  ({ page, t }) =>
    page.getByRole('textbox', { name: t('invite.phone') }).evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);

/** Sends the form, and waits for the result. */
export const send: Step = async ({ page, t }) => {
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: t('result.label') })).not.toBeEmpty();
};

/** Presses keys. */
export const keys =
  (combination: string): Step =>
  ({ page }) =>
    page.keyboard.press(combination);

/** Expands the rows of a list, all or the first ones. */
export const openRows =
  (most = Number.POSITIVE_INFINITY): Step =>
  async ({ page }) => {
    const rows = page.getByRole('main').getByRole('listitem').locator('details:has(.row-who)');
    for (let at = 0; at < Math.min(most, await rows.count()); at += 1) {
      await rows.nth(at).locator('summary').click();
      await rows.nth(at).locator('.story li').first().waitFor();
    }
  };

/** Scrolls a section of Settings to the top, and moves the pointer out of the picture. */
export const section =
  (name: SectionName): Step =>
  async ({ page, t }) => {
    await page
      .getByRole('navigation')
      .getByRole('button', { name: t(`settings.${name}.title`), exact: true })
      .click();
    await page.mouse.move(0, 0);
  };

/** Waits for a text that shows that the scene is complete. */
export const seen =
  (
    key: ParseKeys,
    values: { readonly count?: number; readonly phone?: string; readonly file?: string } = {},
  ): Step =>
  ({ page, t }) =>
    page.getByText(t(key, values)).filter({ visible: true }).first().waitFor();
