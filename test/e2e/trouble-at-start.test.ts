import { cp, mkdir, rmdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { builtApplication } from '../support/launch.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('names the key and line of a configuration mistake; Try again opens when it is corrected', async () => {
  const installation = await anInstallation();
  const config = (undo: string) =>
    `{\n  "apiUrl": "${installation.vendor.apiUrl.href}",\n  "undoSeconds": ${undo}\n}\n`;
  await installation.configure(config('"ten"'));
  const app = await installation.open();
  await expect(app.blocked).toContainText('undoSeconds');
  await expect(app.blocked).toContainText(/line 3/);
  await expect(app.blocked).toContainText(installation.configFile);
  await expect(app.phone).toBeHidden();

  await app.button('Try again').click();
  await expect(app.blocked).toContainText('undoSeconds');
  await installation.configure(config('10'));
  await app.button('Try again').click();
  await expect(app.phone).toBeFocused();
});

test('names a missing configuration file', async () => {
  const installation = await anInstallation();
  const app = await installation.open({ switches: ['--config=/nowhere/desk.json'] });
  await expect(app.blocked).toContainText('/nowhere/desk.json');
});

test('names a database that cannot be opened, and opens when it can (row 52)', async () => {
  const installation = await anInstallation();
  const database = join(installation.dataFolder, 'deskbell.db');
  await mkdir(database, { recursive: true });
  const app = await installation.open();
  await expect(app.blocked).toContainText(database);
  expect(installation.vendor.received()).toEqual([]);
  await rmdir(database);
  await app.button('Try again').click();
  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
});

// Elsewhere the keychain belongs to the system and cannot be removed.
test.runIf(process.platform === 'linux')(
  'without a keychain the form works, the banner says what is wrong, and nothing is sent (row 64)',
  async () => {
    const installation = await anInstallation();
    const live = await installation.open();
    await invite(live, '0639980012', 'Marie Dupont');
    await expect(live.result).toContainText(/accepted/i);
    await live.quit();

    const app = await installation.open({
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' },
    });
    await expect(app.connection).toContainText(/keychain/i);
    await invite(app, '0639980013', 'Jean Martin');
    await app.tab('Outbox').click();
    await expect(app.row('Jean Martin')).toContainText('Waiting');
    await app.tab('Settings').click();
    await app.button('Test connection').click();
    await expect(app.page.getByRole('main')).toContainText(/keychain/i);
    expect(installation.sends()).toHaveLength(1);
  },
);

test('without the keychain module the form works and nothing is sent (row 69)', async () => {
  const installation = await anInstallation({ key: 'absent' });
  const application = await copyOfApplication(installation.configFile, ['better-sqlite3']);
  const app = await installation.open({ application });
  await app.tab('Settings').click();
  await expect(app.page.getByRole('main')).toContainText(/this PC’s keychain isn’t available/i);
  await invite(app, '0639980012', 'Marie Dupont');
  expect(installation.vendor.received()).toEqual([]);
});

test('without the database module the window says so', async () => {
  const installation = await anInstallation();
  const application = await copyOfApplication(installation.configFile, ['keytar']);
  const app = await installation.open({ application });
  await expect(app.blocked).toContainText(/Reinstall Deskbell/i);
  expect(installation.vendor.received()).toEqual([]);
});

/** The built application with only some of its modules, beside `file`. */
async function copyOfApplication(file: string, modules: readonly string[]): Promise<string> {
  const folder = join(dirname(file), 'application');
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await cp(join(builtApplication, 'out/app'), join(folder, 'out/app'), { recursive: true });
  await cp(join(builtApplication, 'package.json'), join(folder, 'package.json'));
  for (const name of modules) {
    const installed = join(builtApplication, 'node_modules', name);
    await symlink(installed, join(folder, 'node_modules', name), 'junction');
  }
  return folder;
}
