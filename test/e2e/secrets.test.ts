import type { Page } from 'playwright';
import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { aSharedApp } from './open-installation.ts';

const PIN = '471199';

/** Everything that Chromium exposes to assistive technology about the page. */
async function accessibilityTree(page: Page): Promise<string> {
  const devTools = await page.context().newCDPSession(page);
  const { nodes } = await devTools.send('Accessibility.getFullAXTree');
  await devTools.detach();
  return JSON.stringify(nodes);
}

describe('[row 225] a typed PIN or key', () => {
  const shared = aSharedApp({ settings: { checkWithPartoo: false } });

  test('[row 225] is in no accessibility tree', async () => {
    const { installation, app } = shared();
    const { page } = app;
    await app.tab('Settings').click();
    await app.apiKey.fill(installation.vendor.key);
    await page.getByLabel('New PIN', { exact: true }).fill(PIN);
    await page.getByLabel('Repeat new PIN').fill(PIN);
    const inSettings = await accessibilityTree(page);
    expect(inSettings).toContain('New PIN');
    expect(inSettings).not.toContain(PIN);
    expect(inSettings).not.toContain(installation.vendor.key);
    await app.apiKey.fill('');
    await app.button('Set PIN').click();
    await expect(page.getByText('PIN set.')).toBeVisible();
    await page.evaluate(() => window.deskbell.calls['settings.save']({ forceNeedsPin: true }));

    await app.tab('Invite').click();
    await app.phone.fill('0639980012');
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    await app.phone.press('Enter');
    await expect(app.result).toContainText(/accepted/i);
    await app.phone.fill('0639980012');
    await app.sendAgain.check();
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill(PIN);
    expect(await accessibilityTree(page)).not.toContain(PIN);
    await app.phone.press('Escape');

    await app.tab('Settings').click();
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill(PIN);
    const locked = await accessibilityTree(page);
    expect(locked).toContain('Manager PIN');
    expect(locked).not.toContain(PIN);
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill('');
    await page.evaluate((pin) => window.deskbell.calls['pin.remove']({ current: pin }), PIN);
  });

  test('[row 225] is not called wrong during the wait, and the seconds count down', async () => {
    const { app } = shared();
    const { page } = app;
    await page.evaluate(
      (pin) => window.deskbell.calls['pin.save']({ current: null, next: pin }),
      PIN,
    );
    await app.tab('Invite').click();
    // The main process's answer during the wait (test/electron/settings/manager-session.test.ts), long enough for a
    // busy machine.
    await app.runInMain(({ ipcMain }) => {
      ipcMain.removeHandler('settings.unlock');
      ipcMain.handle('settings.unlock', () => ({
        ok: false,
        failure: { kind: 'pin-wait', waitSeconds: 600 },
      }));
    });
    await page.clock.install();
    await app.tab('Settings').click();
    const pin = page.getByRole('textbox', { name: 'Manager PIN' });
    await pin.fill(PIN);
    await page.keyboard.press('Enter');
    await expect(pin).toHaveValue('');
    const region = page.locator('.unlock [role="status"]');
    await expect(region).toContainText('PIN entry is locked for 600 more seconds.');
    // The visible text counts down; the announced text does not repeat each second.
    const seen = page.locator('.unlock p[aria-hidden="true"]');
    await page.clock.fastForward(590_000);
    await expect(seen).toContainText(/PIN entry is locked for \d more seconds?\./);
    await expect(region).toContainText('PIN entry is locked for 600 more seconds.');
    await page.clock.fastForward(20_000);
    await expect(region).toHaveText('You can enter the PIN again now.');
    await expect(seen).toHaveCount(0);
  });
});
