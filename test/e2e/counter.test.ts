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
  const desk = await installation.open();
  const sayNo = async () => {
    await desk.phone.fill('0639980012');
    await desk.customerName.fill('Marie Dupont');
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    await desk.page.keyboard.press('ControlOrMeta+D');
    await expect(desk.result).toContainText('do-not-contact list');
    await expect(desk.phone).toHaveValue('');
    await expect(desk.phone).toBeFocused();
  };
  await sayNo();
  await desk.button('Undo').click();
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(desk.customerName).toHaveValue('Marie Dupont');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await desk.phone.press('Escape');

  await sayNo();
  await desk.phone.fill('0639980012');
  await expect(desk.verdict).toContainText(/do-not-contact/i);
  await desk.phone.press('Enter');
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  expect(installation.sends()).toEqual([]);
});

test('an idle form clears itself and says so; Undo restores its content', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await desk.page.clock.install();
  await desk.phone.fill('0639980012');
  await desk.page.clock.fastForward(MINUTE_MS);
  // Any key or click counts as presence.
  await desk.customerName.press('M');
  await desk.page.clock.fastForward(1.5 * MINUTE_MS);
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await desk.page.clock.fastForward(MINUTE_MS);
  await expect(desk.phone).toHaveValue('');
  await expect(desk.page.getByText('two minutes without activity')).toBeVisible();
  await desk.button('Restore').click();
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(desk.customerName).toHaveValue('M');
});

test('Ctrl+L hides every tab; any key shows it again and does nothing else', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await invite(desk, '0639980012', 'Marie Dupont');
  const curtain = desk.page.getByRole('dialog', { name: 'Deskbell is hidden' });
  for (const name of ['Invite', 'Outbox', 'History', 'Settings'] as const) {
    await desk.tab(name).click();
    await desk.page.keyboard.press('ControlOrMeta+L');
    await expect(curtain).toBeVisible();
    // Nothing behind it can be reached.
    await desk.page.keyboard.down('Shift');
    await expect(curtain).toBeVisible();
    await desk.page.keyboard.up('Shift');
    await expect(curtain.locator(':focus')).toHaveCount(1);
    await desk.page.keyboard.press('ControlOrMeta+1');
    await expect(curtain).toBeHidden();
    await expect(desk.tab(name)).toHaveAttribute('aria-selected', 'true');
  }
  await desk.tab('Invite').click();
  await desk.customerName.fill('Jean');
  await desk.page.keyboard.press('ControlOrMeta+L');
  await desk.page.keyboard.press('x');
  await expect(desk.customerName).toBeFocused();
  await expect(desk.customerName).toHaveValue('Jean');
  await desk.page.keyboard.press('ControlOrMeta+L');
  await curtain.click();
  await expect(curtain).toBeHidden();
});

test('one key chooses the colleague; colleague and business survive a restart', async () => {
  const installation = await anInstallation({ settings: { staff: ['Léa', 'Marc'] } });
  const desk = await installation.open();
  await expect(desk.sentBy).toHaveValue('');
  await desk.phone.press('Alt+2');
  await expect(desk.sentBy).toHaveValue('Marc');
  await desk.sentBy.press('l');
  await expect(desk.sentBy).toHaveValue('Léa');
  await expect(desk.phone).toBeFocused();
  await desk.business.selectOption({ index: 1 });
  const chosen = await desk.business.inputValue();
  await invite(desk, '0639980012', 'Marie Dupont');
  await desk.quit();

  const again = await installation.open();
  await expect(again.sentBy).toHaveValue('Léa');
  await expect(again.business).toHaveValue(chosen);
  await again.tab('History').click();
  await again.row('Marie Dupont').getByText('Marie Dupont').first().click();
  await expect(again.row('Marie Dupont')).toContainText('Léa');
});

test('a page that crashes with a half-filled form reopens filled, and sending continues (row 102)', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(desk, '0639980012', 'Marie Dupont');
  await desk.phone.pressSequentially('06399800');
  await desk.customerName.fill('Jean Martin');
  // The last key may be lost with the page; what the main process has received may not.
  await expect
    .poll(() => desk.page.evaluate(() => window.deskbell.calls['formDraft.load']({})))
    .toMatchObject({ value: { form: { name: 'Jean Martin' } } });
  await desk.runInMain(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );
  // Playwright loses a crashed page, so the test reads the new one from the main process.
  const inPage = (script: string) =>
    desk.runInMain(async ({ BrowserWindow }, code) => {
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
  await desk.quit();
  expect(await filesHolding(installation.dataFolder, 'Jean Martin')).toEqual([]);
  const log = await readFile(join(installation.dataFolder, 'logs/deskbell.log'), 'utf8');
  expect(log).not.toContain('Jean');
});
