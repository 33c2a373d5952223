import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import { expect, UNTIL_NEXT_LOOK } from '../support/expect.ts';
import { filesHolding } from '../support/find-text-in-files.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('"Customer said no" is one key: the number gets no SMS, and a mistake is undone', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const sayNo = async () => {
    await app.phone.fill('0639980012');
    await app.customerName.fill('Marie Dupont');
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    await app.page.keyboard.press('ControlOrMeta+D');
    await expect(app.result).toContainText('do-not-contact list');
    await expect(app.phone).toHaveValue('');
    await expect(app.phone).toBeFocused();
  };
  await sayNo();
  await app.button('Undo').click();
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.phone.press('Escape');

  await sayNo();
  await app.phone.fill('0639980012');
  await expect(app.verdict).toContainText(/do-not-contact/i);
  await app.phone.press('Enter');
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  expect(installation.sends()).toEqual([]);
});

test('an idle form clears itself and says so; Undo restores its content', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.page.clock.install();
  await app.phone.fill('0639980012');
  await app.page.clock.fastForward(MINUTE_MS);
  // Any key or click counts as presence.
  await app.customerName.press('M');
  await app.page.clock.fastForward(1.5 * MINUTE_MS);
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await app.page.clock.fastForward(MINUTE_MS);
  await expect(app.phone).toHaveValue('');
  await expect(app.page.getByText('two minutes without activity')).toBeVisible();
  await app.button('Restore').click();
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.customerName).toHaveValue('M');
});

test('Ctrl+L hides every tab; any key shows it again and does nothing else', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await invite(app, '0639980012', 'Marie Dupont');
  const privacyScreen = app.page.getByRole('dialog', { name: 'Deskbell is hidden' });
  for (const name of ['Invite', 'Outbox', 'History', 'Settings'] as const) {
    await app.tab(name).click();
    await app.page.keyboard.press('ControlOrMeta+L');
    await expect(privacyScreen).toBeVisible();
    // Nothing behind it can be reached.
    await app.page.keyboard.down('Shift');
    await expect(privacyScreen).toBeVisible();
    await app.page.keyboard.up('Shift');
    await expect(privacyScreen.locator(':focus')).toHaveCount(1);
    await app.page.keyboard.press('ControlOrMeta+1');
    await expect(privacyScreen).toBeHidden();
    await expect(app.tab(name)).toHaveAttribute('aria-selected', 'true');
  }
  await app.tab('Invite').click();
  await app.customerName.fill('Jean');
  await app.page.keyboard.press('ControlOrMeta+L');
  await app.page.keyboard.press('x');
  await expect(app.customerName).toBeFocused();
  await expect(app.customerName).toHaveValue('Jean');
  await app.page.keyboard.press('ControlOrMeta+L');
  await privacyScreen.click();
  await expect(privacyScreen).toBeHidden();
});

test('one key chooses the colleague; colleague and business survive a restart', async () => {
  const installation = await anInstallation({ settings: { staff: ['Léa', 'Marc'] } });
  const app = await installation.open();
  await expect(app.sentBy).toHaveValue('');
  await app.phone.press('Alt+2');
  await expect(app.sentBy).toHaveValue('Marc');
  await app.sentBy.press('l');
  await expect(app.sentBy).toHaveValue('Léa');
  await expect(app.phone).toBeFocused();
  await app.business.selectOption({ index: 1 });
  const chosen = await app.business.inputValue();
  await invite(app, '0639980012', 'Marie Dupont');
  await app.quit();

  const again = await installation.open();
  await expect(again.sentBy).toHaveValue('Léa');
  await expect(again.business).toHaveValue(chosen);
  await again.tab('History').click();
  await again.row('Marie Dupont').getByText('Marie Dupont').first().click();
  await expect(again.row('Marie Dupont')).toContainText('Léa');
});

test('a page that crashes with a half-filled form reopens filled, and sending continues (row 102)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(app, '0639980012', 'Marie Dupont');
  await app.phone.pressSequentially('06399800');
  await app.customerName.fill('Jean Martin');
  // The last key may be lost with the page; what the main process has received may not.
  await expect
    .poll(() => app.page.evaluate(() => window.deskbell.calls['formDraft.load']({})))
    .toMatchObject({ value: { form: { name: 'Jean Martin' } } });
  await app.runInMain(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );
  // Playwright loses a crashed page, so the test reads the new one from the main process.
  const inPage = (script: string) =>
    app.runInMain(async ({ BrowserWindow }, code) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return String(await contents?.executeJavaScript(code));
    }, script);
  const values = () =>
    inPage(`[...document.querySelectorAll('[data-field]')].map(({ value }) => value).join('|')`);
  await expect.poll(values).toContain('06 39 98 00|Jean Martin');
  expect(await inPage('document.body.innerText')).toContain('What you typed has been restored');

  await installation.vendor.acceptConnections();
  await expect.poll(() => installation.vendor.sms(), UNTIL_NEXT_LOOK).toHaveLength(1);
  // In memory only.
  await app.quit();
  expect(await filesHolding(installation.dataFolder, 'Jean Martin')).toEqual([]);
  const log = await readFile(join(installation.dataFolder, 'logs/deskbell.log'), 'utf8');
  expect(log).not.toContain('Jean');
});
