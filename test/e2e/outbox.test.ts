import { test } from 'vitest';
import { SECOND_MS } from '../../shared/time.ts';
import { createFakeClock } from '../support/clock.ts';
import { expect } from '../support/expect.ts';
import { HOTEL, type Desk, type Installation } from '../support/installation.ts';
import { invite, tryAllNow } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const MARIE = { phone: '0639980012', name: 'Marie Dupont', e164: '+33639980012' };
const JEAN = { phone: '0639980013', name: 'Jean Martin', e164: '+33639980013' };
const SEND = '/review_booster/send_invitation';

test('the form shows an SMS of another desk while typing, and it can be sent again with a reason (row 107)', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  sendElsewhere(installation, MARIE.e164);
  await desk.phone.pressSequentially(MARIE.phone);
  await expect(desk.verdict).toContainText(/from another desk/i);
  await desk.phone.press('Enter');
  await expect(desk.phone).not.toHaveValue('');
  expect(installation.sends()).toEqual([]);

  await desk.sendAgain.check();
  await desk.reason.selectOption({ index: 1 });
  await desk.send.click();
  await expect(desk.result).toContainText(/accepted/i);
  expect(installation.sends()).toMatchObject([{ target_phone: MARIE.e164, force: 'True' }]);
});

test('a send with a lost answer is not confirmed until the search proves it, and its story says so (row 5)', async () => {
  const clock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock });
  const desk = await installation.open();
  installation.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
  await invite(desk, MARIE.phone, MARIE.name);
  await expect(desk.result).toContainText(/may have gone out/i);
  // Deskbell also searches by itself; Partoo answers after a person asked.
  const before = installation.vendor.received().length;
  installation.vendor.fault({ kind: 'slow', delayMs: SECOND_MS, times: 1 });
  await desk.tab('Outbox').click();
  await expect(desk.row(MARIE.name)).toContainText('Not confirmed');
  await desk.row(MARIE.name).getByRole('button', { name: 'Check again' }).click();
  await expect.poll(() => installation.vendor.received().length).toBeGreaterThan(before);
  await clock.advance(SECOND_MS);
  await expect(desk.rows).toHaveCount(0);

  await desk.tab('History').click();
  await expect(desk.row(MARIE.name)).toContainText('Accepted');
  await desk.row(MARIE.name).locator('summary').click();
  await expect(desk.row(MARIE.name)).toContainText(/May have been sent: the connection dropped/);
  await expect(desk.row(MARIE.name)).toContainText(/Partoo’s SMS list/);
  expect(installation.vendor.sms()).toHaveLength(1);
});

test('a correction replaces a waiting invitation and loses nothing (row 106)', async () => {
  const clock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock });
  const desk = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(desk, MARIE.phone, MARIE.name);
  await desk.tab('Outbox').click();
  await desk.row(MARIE.name).getByRole('button', { name: 'Edit' }).click();
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(desk.customerName).toHaveValue(MARIE.name);
  await desk.phone.fill(JEAN.phone);
  await desk.phone.press('Enter');
  await expect(desk.phone).toHaveValue('');

  await desk.tab('Outbox').click();
  await expect(desk.rows).toHaveCount(1);
  await tryAllNow(desk, installation, clock, installation.vendor.acceptConnections);
  await expect(desk.rows).toHaveCount(0);
  await desk.tab('History').click();
  await expect(desk.row('Accepted')).toHaveCount(1);
  await expect(desk.row('Cancelled')).toHaveCount(1);
  expect(installation.sends()).toMatchObject([{ target_phone: JEAN.e164 }]);
});

test('Edit does not overwrite a filled form', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(desk, MARIE.phone, MARIE.name);
  await desk.phone.pressSequentially('0639');
  await desk.tab('Outbox').click();
  await desk.row(MARIE.name).getByRole('button', { name: 'Edit' }).click();
  await expect(desk.result).toContainText(/something in it/i);
  await expect(desk.phone).toHaveValue('06 39');
});

test('an SMS of another desk found when sending asks a person to decide (row 33)', async () => {
  const installation = await anInstallation({ settings: { checkWithPartoo: false } });
  const desk = await installation.open();
  await waitsWhileAnotherSends(installation, desk);
  await desk.tab('Outbox').click();
  await desk.button('Try all now').click();
  await expect(desk.row(MARIE.name)).toContainText('Needs your decision', { timeout: 15_000 });
  await expect(desk.row(MARIE.name)).toContainText(/got another SMS less than 10\sdays ago/);
  const buttons = desk.row(MARIE.name).getByRole('button');
  await expect(buttons).toHaveText(['Don’t send', 'Edit']);

  await buttons.first().click();
  await expect(desk.rows).toHaveCount(0);
  await expect(desk.page.getByRole('heading', { name: 'Outbox' })).toBeFocused();
  await desk.tab('History').click();
  await expect(desk.row(MARIE.name)).toContainText('Cancelled');
  expect(installation.vendor.sms()).toEqual([]);
});

test('a held invitation shows its new time at once when a manager changes the hours', async () => {
  const installation = await anInstallation({ settings: { sendingHours: undefined } });
  const desk = await installation.open();
  // The day after Sunday (0) is Monday (1), that after Saturday (6) is Sunday (7).
  const tomorrow = new Date().getDay() + 1;
  const openFrom = (from: string) =>
    desk.page.evaluate(
      (period) => window.deskbell.calls['settings.save']({ sendingHours: [period] }),
      {
        days: [tomorrow],
        from,
        to: '20:00',
      },
    );
  await openFrom('08:00');
  await invite(desk, MARIE.phone, MARIE.name);
  await desk.tab('Outbox').click();
  const next = desk.row(MARIE.name).locator('.row-next');
  await expect(next).toContainText('08:00');
  await openFrom('09:30');
  await expect(next).toContainText('09:30');
  await expect(next).not.toContainText('08:00');
  expect(installation.sends()).toEqual([]);
});

async function waitsWhileAnotherSends(installation: Installation, desk: Desk): Promise<void> {
  await installation.vendor.refuseConnections();
  await invite(desk, MARIE.phone, MARIE.name);
  await expect(desk.connection).not.toBeEmpty();
  await installation.vendor.acceptConnections();
  sendElsewhere(installation, MARIE.e164);
}

function sendElsewhere({ vendor }: Installation, phone: string): void {
  vendor.sendFromElsewhere({ phone, businessId: HOTEL.id, name: 'Marie', by: 'Another Desk' });
}
