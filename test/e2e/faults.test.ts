import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { expect, UNTIL_NEXT_LOOK } from '../support/expect.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('a crashed page reloads by itself; each waiting invitation is sent once (row 11)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.connection).toContainText(/isn’t responding/i);

  // A crashing page never answers: the test reads the new one once it has loaded.
  await app.runInMain(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );
  // Playwright loses a crashed page, so the test reads the new one from the main process.
  const text = () =>
    app.runInMain(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return String(await contents?.executeJavaScript('document.body.innerText'));
    });
  await expect.poll(text).toMatch(/isn’t responding/i);
  await installation.vendor.acceptConnections();
  await expect.poll(() => installation.vendor.sms(), UNTIL_NEXT_LOOK).toHaveLength(1);
  expect(installation.sends()).toHaveLength(1);
});

test('after a bug in the main process nothing is sent, and the banner shows a reference (row 12)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await expect.poll(() => installation.vendor.received()).toHaveLength(1);
  await app.runInMain(() => {
    setTimeout(() => {
      throw new Error('about +33639980099');
    }, 0);
  });
  await expect(app.connection).toContainText(/stopped/i);
  await invite(app, '0639980012', 'Marie Dupont');
  await app.tab('Outbox').click();
  await expect(app.row('Marie Dupont')).toContainText('Waiting');
  await app.quit();
  expect(installation.vendor.received()).toHaveLength(1);

  const log = await readFile(join(installation.dataFolder, 'logs/deskbell.log'), 'utf8');
  expect(log).toContain('"event":"bug"');
  expect(log + app.output()).not.toContain('39980099');
  const restarted = await installation.open();
  await expect.poll(() => installation.vendor.sms()).toHaveLength(1);
  await expect(restarted.connection).toBeEmpty();
});

test('a second start shows the first window and ends (row 13)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const isVisible = () =>
    app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(isVisible).toBe(false);
  const second = await installation.run({});
  expect(second.code).toBe(0);
  await expect.poll(isVisible).toBe(true);
  expect(app.electron.windows()).toHaveLength(1);
});
