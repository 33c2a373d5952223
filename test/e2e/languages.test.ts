import type { Page } from 'playwright';
import { describe, expect as check, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { anInstallation } from './open-installation.ts';

/** The texts that a page requests when it loads, by language. */
async function textsLoadedBy(page: Page): Promise<readonly string[]> {
  const loaded = new Set<string>();
  page.on('request', (request) => {
    const language = /\/assets\/(en|fr|es|it|de|pt)-[^/]*\.js$/.exec(request.url())?.[1];
    if (language !== undefined) loaded.add(language);
  });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return [...loaded];
}

describe('the language', () => {
  test('follows the system, and only its texts are loaded', async () => {
    const { open } = await anInstallation();
    const { page } = await open({ env: { LANGUAGE: 'de' } });
    const phone = page.getByRole('textbox', { name: 'Telefonnummer', exact: true });
    await expect(phone).toBeFocused();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    check(await textsLoadedBy(page)).toEqual(['de']);
  });

  test('set by IT is used from the second start on', async () => {
    const { open } = await anInstallation({ settings: { language: 'fr' } });
    const first = await open();
    const title = first.page.getByRole('heading', { name: 'Demander un avis' });
    await expect(title).toBeVisible();
    await first.quit();
    const { page } = await open();
    await expect(page.getByRole('heading', { name: 'Demander un avis' })).toBeVisible();
    check(await textsLoadedBy(page)).toEqual(['fr']);
    await page.getByRole('tab', { name: 'Réglages' }).click();
    await expect(page.getByRole('combobox', { name: 'Langue' })).toBeDisabled();
  });

  test('changes without losing the typed text', async () => {
    const { open } = await anInstallation();
    const app = await open();
    await app.phone.pressSequentially('0639980012');
    await app.customerName.fill('Marie Dupont');
    await app.tab('Settings').click();
    await app.page.getByRole('combobox', { name: 'Language' }).selectOption('pt');
    await app.page.getByRole('tab', { name: 'Convidar' }).click();
    await expect(app.page.locator('html')).toHaveAttribute('lang', 'pt');
    await expect(app.page.getByRole('textbox', { name: 'Nome do cliente' })).toHaveValue(
      'Marie Dupont',
    );
    await expect(app.page.getByRole('status', { name: 'Verificação' })).toContainText(
      'Nenhum convite anterior',
    );
    const labels = () =>
      app.runInMain(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
    await expect.poll(labels).toContain('Editar');
  });
});
