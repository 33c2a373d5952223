import { test } from 'vitest';
import { createFakeClock } from '../support/clock.ts';
import { expect, UNTIL_NEXT_LOOK } from '../support/expect.ts';
import type { Desk, Installation } from '../support/installation.ts';
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

test('what is typed offline leaves by itself when Partoo is there again: in order, once each (row 15)', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await loseAndQueue(installation, desk);
  await installation.vendor.acceptConnections();
  await expect.poll(() => installation.sends(), UNTIL_NEXT_LOOK).toMatchObject(ARRIVED);
  await expect(desk.connection).toBeEmpty();
  await expectAccepted(desk);
  expect(installation.vendor.sms()).toHaveLength(2);
});

test('what is typed offline outlives a restart and leaves with Try all now (row 2)', async () => {
  const clock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock });
  const first = await installation.open();
  await loseAndQueue(installation, first);
  await first.quit();

  const desk = await installation.open();
  await expect(desk.connection).toContainText(/isn’t responding/i);
  await desk.tab('Outbox').click();
  await expect(desk.row('Waiting')).toHaveCount(2);
  await tryAllNow(desk, installation, clock, installation.vendor.acceptConnections);
  await expect(desk.rows).toHaveCount(0);
  await expectAccepted(desk);
  expect(installation.sends()).toMatchObject(ARRIVED);
});

async function loseAndQueue({ vendor, sends }: Installation, desk: Desk): Promise<void> {
  await vendor.refuseConnections();
  for (const { phone, name } of QUEUED) await invite(desk, phone, name);
  await expect(desk.connection).toContainText(/isn’t responding/i);
  await expect(desk.tab('Outbox')).toHaveAccessibleDescription(/^2 /);
  await desk.tab('Outbox').click();
  await expect(desk.rows).toHaveCount(2);
  await expect(desk.connection).toBeVisible();
  for (const { name } of QUEUED) await expect(desk.row(name)).toContainText('Waiting');
  expect(sends()).toEqual([]);
}

async function expectAccepted(desk: Desk): Promise<void> {
  await desk.tab('History').click();
  await expect(desk.rows).toHaveCount(2);
  for (const { name } of QUEUED) await expect(desk.row(name)).toContainText('Accepted');
}
