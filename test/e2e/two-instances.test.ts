import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { SECOND_MS } from '../../shared/time.ts';
import { createFakeClock } from '../support/clock.ts';
import { expect } from '../support/expect.ts';
import { commandFor } from '../support/launch.ts';
import type { Installation } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const SEND = '/review_booster/send_invitation';

test.runIf(process.platform === 'linux')(
  'a start while Deskbell is ending opens it again, after the request in flight is recorded (row 119)',
  async () => {
    const vendorClock = createFakeClock(Date.now());
    const installation = await anInstallation({ clock: vendorClock });
    const before = await installation.open();
    await installation.vendor.refuseConnections();
    await invite(before, '0639980012', 'Marie Dupont');
    await before.quit();
    await installation.vendor.acceptConnections();
    installation.vendor.fault({ kind: 'slow', delayMs: SECOND_MS, times: 1, path: SEND });
    onTestFinished(() => endAll(installation));

    // Without the debugger: the restarted process would wait for one.
    const { executable, args, env } = commandFor(installation.runWith({}));
    const first = spawn(executable, args, { env, stdio: 'ignore' });
    await expect.poll(installation.sends).toHaveLength(1);
    first.kill('SIGTERM');
    expect((await installation.run({})).code).toBe(0);
    await vendorClock.advance(SECOND_MS);
    await expect.poll(() => first.exitCode).toBe(0);
    await expect.poll(() => runsOf(installation)).toHaveLength(1);
    expect(runsOf(installation)).not.toContain(first.pid);
    expect(installation.vendor.sms()).toHaveLength(1);
  },
);

test.runIf(process.platform === 'linux')(
  '[row 247] Deskbell restarts when a page closes its own window',
  async () => {
    const installation = await anInstallation({ settings: { kiosk: true } });
    onTestFinished(() => endAll(installation));
    const app = await installation.open();
    const first = app.electron.process();
    await app.page.evaluate(() => setTimeout(() => window.close(), 100));
    await expect.poll(() => first.exitCode).toBe(0);
    await expect.poll(() => runsOf(installation)).toHaveLength(1);
    expect(runsOf(installation)).not.toContain(first.pid);
  },
);

/** The Deskbell processes that use this data folder, without their helper processes. */
function runsOf({ dataFolder }: Installation): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const command = readCommand(pid);
      return command.includes(`--user-data-dir=${dataFolder}`) && !command.includes('--type=');
    })
    .map(Number);
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended.
    return '';
  }
}

async function endAll(installation: Installation): Promise<void> {
  for (const pid of runsOf(installation)) process.kill(pid, 'SIGTERM');
  await expect.poll(() => runsOf(installation)).toEqual([]);
}

// Elsewhere the lock is no file that could be removed.
test.runIf(process.platform === 'linux').each(['quits', 'is killed'] as const)(
  'a second instance that bypassed the lock sends nothing while the first one has the database; when that one %s it can go on (rows 13, 51)',
  async (how) => {
    const installation = await anInstallation();
    installation.vendor.fault({ kind: 'slow', delayMs: 1_500, times: 1, path: SEND });
    const first = await installation.open();
    await invite(first, '0639980012', 'Marie Dupont');
    await expect.poll(() => installation.sends()).toHaveLength(1);

    await forgetLock(installation);
    const second = await installation.open();
    await expect(second.blocked).toContainText(/Another program is using Deskbell’s data/);
    await second.button('Try again').click();
    // It retries several times, and then reports the same.
    await expect(second.button('Try again')).toBeVisible();
    await expect(second.blocked).toContainText(/Another program is using Deskbell’s data/);
    await invite(first, '0639980013', 'Jean Martin');
    await expect.poll(() => installation.vendor.sms()).toHaveLength(2);

    await (how === 'quits' ? first.quit() : first.kill());
    await second.button('Try again').click();
    await invite(second, '0639980014', 'Léa Petit');
    await expect.poll(() => installation.vendor.sms()).toHaveLength(3);
    await second.tab('History').click();
    await expect(second.row('Accepted')).toHaveCount(3);
    expect(installation.sends()).toHaveLength(3);
  },
);

/** Chromium's single-instance files in the folder: links to the first one's process and socket. */
async function forgetLock({ dataFolder }: Installation): Promise<void> {
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    await rm(join(dataFolder, name), { force: true });
  }
}
