import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { Reception } from '../support/reception.ts';
import { invite } from '../support/visit.ts';
import { aReception } from './a-reception.ts';

const SEND = '/review_booster/send_invitation';

// Elsewhere the lock is no file that could be taken away.
test.runIf(process.platform === 'linux').each(['quits', 'is killed'] as const)(
  'a second instance, forced past the lock, sends nothing while the first one has the log; when that one %s it can go on (rows 13, 51)',
  async (how) => {
    const reception = await aReception();
    reception.vendor.fault({ kind: 'slow', delayMs: 1_500, times: 1, path: SEND });
    const first = await reception.open();
    await invite(first, '0639980012', 'Marie Dupont');
    await expect.poll(() => reception.sends()).toHaveLength(1);

    await forgetLock(reception);
    const second = await reception.open();
    await expect(second.blocked).toContainText(/Another program is using Deskbell’s data/);
    await second.button('Try again').click();
    // It looks several times, and then says the same again.
    await expect(second.button('Try again')).toBeVisible();
    await expect(second.blocked).toContainText(/Another program is using Deskbell’s data/);
    await invite(first, '0639980013', 'Jean Martin');
    await expect.poll(() => reception.vendor.sms()).toHaveLength(2);

    await (how === 'quits' ? first.quit() : first.kill());
    await second.button('Try again').click();
    await invite(second, '0639980014', 'Léa Petit');
    await expect.poll(() => reception.vendor.sms()).toHaveLength(3);
    await second.tab('History').click();
    await expect(second.row('Accepted')).toHaveCount(3);
    expect(reception.sends()).toHaveLength(3);
  },
);

/** What Chromium keeps in the folder so that there is one instance: links to the first one's process and socket. */
async function forgetLock({ dataFolder }: Reception): Promise<void> {
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    await rm(join(dataFolder, name), { force: true });
  }
}
