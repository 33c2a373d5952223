import type { Page } from 'playwright';
import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { aSharedDesk } from './open-installation.ts';

const PIN = '471199';

/** Everything that Chromium exposes to assistive technology about the page. */
async function accessibilityTree(page: Page): Promise<string> {
  const devTools = await page.context().newCDPSession(page);
  const { nodes } = await devTools.send('Accessibility.getFullAXTree');
  await devTools.detach();
  return JSON.stringify(nodes);
}

describe('[row 225] a typed PIN or key', () => {
  const shared = aSharedDesk({ settings: { checkWithPartoo: false } });

  test('[row 225] is in no accessibility tree', async () => {
    const { installation, desk } = shared();
    const { page } = desk;
    await desk.tab('Settings').click();
    await desk.apiKey.fill(installation.vendor.key);
    await page.getByLabel('New PIN', { exact: true }).fill(PIN);
    await page.getByLabel('Repeat new PIN').fill(PIN);
    const inSettings = await accessibilityTree(page);
    expect(inSettings).toContain('New PIN');
    expect(inSettings).not.toContain(PIN);
    expect(inSettings).not.toContain(installation.vendor.key);
    await desk.apiKey.fill('');
    await desk.button('Set PIN').click();
    await expect(page.getByText('PIN set.')).toBeVisible();
    await page.evaluate(() => window.deskbell.calls['settings.save']({ forceNeedsPin: true }));

    await desk.tab('Invite').click();
    await desk.phone.fill('0639980012');
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    await desk.phone.press('Enter');
    await expect(desk.result).toContainText(/accepted/i);
    await desk.phone.fill('0639980012');
    await desk.sendAgain.check();
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill(PIN);
    expect(await accessibilityTree(page)).not.toContain(PIN);
    await desk.phone.press('Escape');

    await desk.tab('Settings').click();
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill(PIN);
    const locked = await accessibilityTree(page);
    expect(locked).toContain('Manager PIN');
    expect(locked).not.toContain(PIN);
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill('');
    await page.evaluate((pin) => window.deskbell.calls['pin.remove']({ current: pin }), PIN);
  });

  test('[row 225] is not called wrong during the wait, and the seconds count down', async () => {
    const { desk } = shared();
    const { page } = desk;
    await page.evaluate(
      (pin) => window.deskbell.calls['pin.save']({ current: null, next: pin }),
      PIN,
    );
    await desk.tab('Invite').click();
    // The main process's answer during the wait (test/electron/settings/manager-session.test.ts), long enough for a
    // busy machine.
    await desk.runInMain(({ ipcMain }) => {
      ipcMain.removeHandler('settings.unlock');
      ipcMain.handle('settings.unlock', () => ({
        ok: false,
        failure: { kind: 'pin-wait', waitSeconds: 600 },
      }));
    });
    await page.clock.install();
    await desk.tab('Settings').click();
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
