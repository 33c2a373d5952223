import { spawn } from 'node:child_process';
import { describe, onTestFinished, test } from 'vitest';
import { commandFor } from '../support/launch.ts';
import { expect } from '../support/expect.ts';
import { aSmallDisk, canMount } from '../support/small-disk.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

describe.runIf(canMount)('a separate disk', () => {
  test('that is full: nothing is called saved, the form keeps its text, and saves when there is room (row 49)', async ({
    skip,
  }) => {
    const installation = await anInstallation();
    const disk = aSmallDisk(installation.dataFolder);
    if (disk === undefined) return skip('mounting is not permitted here');
    const app = await installation.open();
    await invite(app, '0639980012', 'Marie Dupont');
    await expect(app.result).toContainText(/accepted/i);

    disk.fill();
    await app.phone.fill('0639980013');
    await app.phone.press('Enter');
    await expect(app.page.getByText(/this PC’s disk is full/i).first()).toBeVisible();
    await expect(app.phone).toHaveValue('06 39 98 00 13');
    expect(installation.sends()).toHaveLength(1);

    disk.empty();
    await app.phone.press('Enter');
    await expect(app.phone).toHaveValue('');
    await expect.poll(installation.sends).toHaveLength(2);
  });

  test('that is full at the start: Deskbell says so, and sends when there is room (row 49)', async ({
    skip,
  }) => {
    const installation = await anInstallation();
    const disk = aSmallDisk(installation.dataFolder);
    if (disk === undefined) return skip('mounting is not permitted here');
    const before = await installation.open();
    await installation.vendor.refuseConnections();
    await invite(before, '0639980012', 'Marie Dupont');
    await before.quit();
    await installation.vendor.acceptConnections();
    disk.fill();
    const app = await installation.open();
    await expect(app.page.getByText(/this PC’s disk is full/i).first()).toBeVisible();
    expect(installation.sends()).toEqual([]);
    disk.empty();
    await app.page
      .getByRole('button', { name: /Try again|Try all now/ })
      .first()
      .click();
    await expect.poll(installation.sends).toHaveLength(1);
  });

  test('that is read-only: the start says so and names the folder (row 52)', async ({ skip }) => {
    const installation = await anInstallation();
    const disk = aSmallDisk(installation.dataFolder);
    if (disk === undefined) return skip('mounting is not permitted here');
    await (await installation.open()).quit();
    disk.protect();
    const { executable, args, env } = commandFor(installation.runWith({}));
    const child = spawn(executable, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await expect.poll(() => said).toContain('Deskbell can’t use its data folder.');
    expect(said).toContain(installation.dataFolder);
  });
});
