import { test } from 'vitest';
import { createFakeClock } from '../support/clock.ts';
import { expect, UNTIL_NEXT_LOOK } from '../support/expect.ts';
import type { RunningApp, Installation } from '../support/installation.ts';
import { invite, tryAllNow } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const QUEUED = [
  { phone: '0639980012', name: 'Marie Dupont' },
  { phone: '0639980013', name: 'Jean Martin' },
];
const ARRIVED = [
  { target_phone: '+33639980012', target_name: 'Marie Dupont', force: 'False' },
  { target_phone: '+33639980013', target_name: 'Jean Martin', force: 'False' },
];

test('sends offline invitations by itself, in order and once each, when Partoo is back (row 15)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await loseAndQueue(installation, app);
  await installation.vendor.acceptConnections();
  await expect.poll(() => installation.sends(), UNTIL_NEXT_LOOK).toMatchObject(ARRIVED);
  await expect(app.connection).toBeEmpty();
  await expectAccepted(app);
  expect(installation.vendor.sms()).toHaveLength(2);
});

test('keeps offline invitations over a restart, and sends them with Try all now (row 2)', async () => {
  const clock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock });
  const first = await installation.open();
  await loseAndQueue(installation, first);
  await first.quit();

  const app = await installation.open();
  await expect(app.connection).toContainText(/isn’t responding/i);
  await app.tab('Outbox').click();
  await expect(app.row('Waiting')).toHaveCount(2);
  await tryAllNow(app, installation, clock, installation.vendor.acceptConnections);
  await expect(app.rows).toHaveCount(0);
  await expectAccepted(app);
  expect(installation.sends()).toMatchObject(ARRIVED);
});

async function loseAndQueue({ vendor, sends }: Installation, app: RunningApp): Promise<void> {
  await vendor.refuseConnections();
  for (const { phone, name } of QUEUED) await invite(app, phone, name);
  await expect(app.connection).toContainText(/isn’t responding/i);
  await expect(app.tab('Outbox')).toHaveAccessibleDescription(/^2 /);
  await app.tab('Outbox').click();
  await expect(app.rows).toHaveCount(2);
  await expect(app.connection).toBeVisible();
  for (const { name } of QUEUED) await expect(app.row(name)).toContainText('Waiting');
  expect(sends()).toEqual([]);
}

async function expectAccepted(app: RunningApp): Promise<void> {
  await app.tab('History').click();
  await expect(app.rows).toHaveCount(2);
  for (const { name } of QUEUED) await expect(app.row(name)).toContainText('Accepted');
}
