import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { anInstallation } from './open-installation.ts';

const LINK = 'deskbell://invite?phone=%2B33639980012&name=Marie%20Dupont';

test('a link fills an empty form and sends nothing', async () => {
  const installation = await anInstallation({ settings: { deepLink: true } });
  const app = await installation.open({ switches: ['--', LINK] });
  await expect(app.phone).toHaveValue('+33 6 39 98 00 12');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await expect(app.page.getByText(/Filled in by another program/)).toBeVisible();
  await expect(app.phone).toBeFocused();
  expect(installation.sends()).toEqual([]);
  // An Enter in the first second was meant for the earlier content.
  const sendsAfterEnter = async () => {
    await app.phone.press('Enter');
    return installation.sends();
  };
  await expect.poll(sendsAfterEnter).toHaveLength(1);
});

test('a link while a person types changes nothing and is offered', async () => {
  const installation = await anInstallation({ settings: { deepLink: true } });
  const app = await installation.open();
  await app.phone.pressSequentially('063998');
  expect((await installation.run({ switches: ['--', LINK] })).code).toBe(0);
  await expect(app.page.getByText(/Another program sent Marie Dupont/)).toBeVisible();
  await expect(app.phone).toHaveValue('06 39 98');
  await app.button('Replace my entry').click();
  await expect(app.phone).toHaveValue('+33 6 39 98 00 12');
  expect(installation.sends()).toEqual([]);
});

test('a link only shows the window unless IT allows links', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await installation.run({ switches: ['--', LINK] });
  await expect.poll(() => isVisible(app)).toBe(true);
  await app.phone.pressSequentially('0');
  await expect(app.phone).toHaveValue('0');
  await expect(app.customerName).toHaveValue('');
});

test('an invalid link is refused with a message', async () => {
  const installation = await anInstallation({ settings: { deepLink: true } });
  const app = await installation.open();
  await installation.run({ switches: ['--', 'deskbell://invite?phone=0639980012&send=1'] });
  await expect(app.page.getByText(/its link was invalid/)).toBeVisible();
  await expect(app.phone).toHaveValue('');
});

test('the hot key opens the form with the number of the clipboard, and reports when another program has the key', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.runInMain(({ globalShortcut, clipboard }) => {
    const keys: Record<string, () => void> = {};
    Object.assign(globalThis, { hotKeysOfTests: keys });
    Object.assign(globalShortcut, {
      register: (key: string, task: () => void) => {
        keys[key] = task;
        return key !== 'F9';
      },
    });
    void clipboard.writeText('Marie Dupont 06 39 98 00 12');
  });
  const hotKey = app.page.getByRole('combobox', { name: 'Shortcut key that opens Deskbell' });
  await app.tab('Settings').click();
  await hotKey.selectOption('F9');
  await expect(app.page.getByText(/Another program already uses this key/)).toBeVisible();
  await hotKey.selectOption('F8');
  await expect(app.page.getByText(/Another program already uses this key/)).toBeHidden();
  await app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await app.runInMain(() => {
    const keys: Record<string, () => void> = Reflect.get(globalThis, 'hotKeysOfTests');
    keys['F8']?.();
  });
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  await expect.poll(() => isVisible(app)).toBe(true);
  expect(installation.sends()).toEqual([]);
});

test('[row 206] a clipboard with two customers says so, as a paste does, and offers the other one', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.runInMain(({ globalShortcut, clipboard }) => {
    const keys: Record<string, () => void> = {};
    Object.assign(globalThis, { hotKeysOfTests: keys });
    Object.assign(globalShortcut, {
      register: (key: string, task: () => void) => {
        keys[key] = task;
        return true;
      },
    });
    void clipboard.writeText('Marie Dupont 06 39 98 00 12, Paul Martin 06 39 98 00 13');
  });
  await app.tab('Settings').click();
  await app.page
    .getByRole('combobox', { name: 'Shortcut key that opens Deskbell' })
    .selectOption('F8');
  const isRegistered = () => app.runInMain(() => 'F8' in Reflect.get(globalThis, 'hotKeysOfTests'));
  await expect.poll(isRegistered).toBe(true);
  await app.runInMain(() => {
    const keys: Record<string, () => void> = Reflect.get(globalThis, 'hotKeysOfTests');
    keys['F8']?.();
  });
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  // Partoo's answer changes the height of the verdict line; after it the buttons stay in place.
  await expect(app.verdict).toContainText('Partoo lists no SMS');
  const other = app.page.getByRole('button', { name: /06 39 98 00 13/ });
  await other.click();
  await expect(app.phone).toHaveValue('06 39 98 00 13');
  await expect(app.customerName).toHaveValue('Paul Martin');
  expect(installation.sends()).toEqual([]);
});

// Only a desktop with a window manager can show whether it starts hidden.
test('starting with the computer is registered with the system, and a second start shows the window', async () => {
  const home = await mkdtemp(join(tmpdir(), 'deskbell-xdg-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const env = { XDG_CONFIG_HOME: home };
  const installation = await anInstallation();
  const app = await installation.open({ env });
  const file = join(home, 'autostart/deskbell.desktop');
  await app.tab('Settings').click();
  const start = app.page.getByRole('switch', { name: 'Open Deskbell when the computer starts' });
  await start.click();
  await expect(start).toBeChecked();
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(`"--config=${installation.configFile}"`);
  await app.quit();

  const hidden = await installation.open({ env, switches: ['--hidden'] });
  await expect(hidden.phone).toBeFocused();
  expect((await installation.run({ env })).code).toBe(0);
  await expect.poll(() => isVisible(hidden)).toBe(true);
  await hidden.quit();
  const again = await installation.open({ env });
  await again.tab('Settings').click();
  const stop = again.page.getByRole('switch', { name: 'Open Deskbell when the computer starts' });
  await stop.click();
  await expect(stop).not.toBeChecked();
  expect(existsSync(file)).toBe(false);
});

test('the menu opens every tab, and About lists every component with its licence', async () => {
  const app = await (await anInstallation()).open();
  await expect(app.tab('Invite')).toBeVisible();
  for (const tab of ['Settings', 'History', 'Outbox', 'Invite'] as const) {
    await choose(app, tab.toLowerCase());
    await expect(app.tab(tab)).toHaveAttribute('aria-selected', 'true');
  }
  await choose(app, 'about');
  const about = app.page.getByRole('dialog', { name: 'Deskbell' });
  await about.getByText('better-sqlite3').click();
  await expect(about.locator('details[open]')).toContainText('Permission is hereby granted');
  await app.page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await choose(app, 'zoomIn');
  await expect
    .poll(() =>
      app.runInMain(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
      ),
    )
    .toBeCloseTo(1.1);
});

test('a kiosk fills the screen and has no menu', async () => {
  const app = await (await anInstallation({ settings: { kiosk: true } })).open();
  await expect
    .poll(() =>
      app.runInMain(({ BrowserWindow, Menu }) => [
        BrowserWindow.getAllWindows()[0]?.isKiosk(),
        Menu.getApplicationMenu() === null,
      ]),
    )
    .toEqual([true, true]);
});

test('[row 180] a kiosk with a PIN closes for a manager only, also after its full screen ended', async () => {
  const installation = await anInstallation({ settings: { kiosk: true } });
  const app = await installation.open();
  const ended = new Promise<void>((resolve) => {
    app.electron.process().once('exit', () => resolve());
  });
  await app.tab('Settings').click();
  for (const name of ['New PIN', 'Repeat new PIN']) {
    await app.page.getByRole('textbox', { name, exact: true }).fill('2468');
  }
  await app.button('Set PIN').click();
  await expect(app.button('Change PIN')).toBeVisible();
  await app.tab('Invite').click();
  // Leaving Settings locks them a moment later.
  const standing = () =>
    app.page.evaluate(async () =>
      JSON.stringify(await Reflect.get(window, 'deskbell').calls['settings.read']({})),
    );
  await expect.poll(standing).toContain('"pin":{"kind":"locked"');
  // A key of the window manager ends the full screen.
  await app.runInMain(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setKiosk(false);
    window?.emit('leave-full-screen');
  });
  await app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const asked = app.page.getByRole('dialog', { name: 'Close Deskbell?' });
  const pin = asked.getByRole('textbox', { name: 'Manager PIN' });
  await pin.fill('1357');
  await pin.press('Enter');
  await expect(asked).toContainText(/not the right PIN/i);
  await pin.fill('2468');
  await pin.press('Enter').catch(() => {});
  await ended;
});

test('the window title contains no customer name', async () => {
  const app = await (await anInstallation()).open();
  await app.phone.pressSequentially('0639980012');
  await app.customerName.fill('Marie Dupont');
  for (const tab of ['Outbox', 'History', 'Settings', 'Invite'] as const) {
    await app.tab(tab).click();
    const title = await app.runInMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getTitle(),
    );
    expect(title).toBe('Deskbell');
  }
});

/** Clicks a menu item as soon as the desk session has opened. */
async function choose({ runInMain }: RunningApp, id: string): Promise<void> {
  const click = () =>
    runInMain(({ Menu }, chosen) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(chosen);
      item?.click();
      return item !== undefined && item !== null;
    }, id);
  await expect.poll(click).toBe(true);
}

function isVisible({ runInMain }: RunningApp): Promise<boolean | undefined> {
  return runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
}
