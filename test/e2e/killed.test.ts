import { test } from 'vitest';
import { SECOND_MS } from '../../shared/time.ts';
import { createFakeClock } from '../support/clock.ts';
import { expect } from '../support/expect.ts';
import type { Installation } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';
import { keepOnDisk } from '../support/on-disk.ts';

keepOnDisk();

const SEND = '/review_booster/send_invitation';

test('killed before Partoo has answered: not confirmed, never sent again without a search (rows 4, 28)', async () => {
  const installation = await anInstallation();
  installation.vendor.fault({ kind: 'hang', path: SEND });
  const first = await installation.open();
  await invite(first, '0639980012', 'Marie Dupont');
  await expect.poll(() => installation.sends()).toHaveLength(1);
  await expect(first.phone).toBeFocused();
  await first.kill();

  installation.vendor.behave();
  const app = await installation.open();
  await app.tab('Outbox').click();
  await expect(app.row('Marie Dupont')).toContainText('Not confirmed');
  await expect.poll(() => searches(installation)).toBeGreaterThan(0);
  // Partoo lists no SMS, and a slow request may still become one: Deskbell waits.
  await expect(app.row('Marie Dupont')).toContainText('Not confirmed');
  await app.button('Try all now').click();
  await invite(app, '0639980013', 'Jean Martin');
  await expect.poll(() => installation.vendor.sms()).toMatchObject([{ phone: '+33639980013' }]);
  expect(installation.sends()).toHaveLength(2);
});

test('killed after Partoo has accepted: the search proves the send, and there is no second one (row 5)', async () => {
  const installation = await anInstallation();
  installation.vendor.fault({ kind: 'hang-after-accepting', path: SEND });
  const first = await installation.open();
  await invite(first, '0639980012', 'Marie Dupont');
  await expect.poll(() => installation.vendor.sms()).toHaveLength(1);
  await first.kill();

  installation.vendor.behave();
  const app = await installation.open();
  await app.tab('History').click();
  await expect(app.row('Marie Dupont')).toContainText('Accepted');
  expect(installation.sends()).toHaveLength(1);
});

test('quitting waits for the answer in flight (row 10)', async () => {
  const vendorClock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock: vendorClock });
  installation.vendor.fault({ kind: 'slow', delayMs: 30 * SECOND_MS, path: SEND });
  const first = await installation.open();
  await invite(first, '0639980012', 'Marie Dupont');
  await expect.poll(() => installation.sends()).toHaveLength(1);
  const asked = first.runInMain(
    ({ app: electronApp }) =>
      new Promise<void>((resolve) => {
        electronApp.once('before-quit', () => resolve());
      }),
  );
  const quitting = first.quit();
  // Quitting may cut Playwright's connection before the answer arrives.
  await asked.catch(() => {});
  await vendorClock.advance(30 * SECOND_MS);
  await quitting;

  const app = await installation.open();
  await app.tab('History').click();
  await expect(app.row('Marie Dupont')).toContainText('Accepted');
  expect(installation.sends()).toHaveLength(1);
});

function searches({ vendor }: Installation): number {
  return vendor.received().filter(({ path }) => path.endsWith('/search-invitation')).length;
}
