import { test } from 'vitest';
import { SECOND_MS } from '../../shared/time.ts';
import { createFakeClock } from '../support/clock.ts';
import { expect } from '../support/expect.ts';
import { HOTEL, type RunningApp, type Installation } from '../support/installation.ts';
import { invite, tryAllNow } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const MARIE = { phone: '0639980012', name: 'Marie Dupont', e164: '+33639980012' };
const JEAN = { phone: '0639980013', name: 'Jean Martin', e164: '+33639980013' };
const SEND = '/review_booster/send_invitation';

test('the form shows an SMS of another desk while typing, and it can be sent again with a reason (row 107)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  sendElsewhere(installation, MARIE.e164);
  await app.phone.pressSequentially(MARIE.phone);
  await expect(app.verdict).toContainText(/from another desk/i);
  await app.phone.press('Enter');
  await expect(app.phone).not.toHaveValue('');
  expect(installation.sends()).toEqual([]);

  await app.sendAgain.check();
  await app.reason.selectOption({ index: 1 });
  await app.send.click();
  await expect(app.result).toContainText(/accepted/i);
  expect(installation.sends()).toMatchObject([{ target_phone: MARIE.e164, force: 'True' }]);
});

test('a send with a lost answer is not confirmed until the search proves it, and its story says so (row 5)', async () => {
  const clock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock });
  const app = await installation.open();
  installation.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
  await invite(app, MARIE.phone, MARIE.name);
  await expect(app.result).toContainText(/may have gone out/i);
  // Deskbell also searches by itself; Partoo answers after a person asked.
  const before = installation.vendor.received().length;
  installation.vendor.fault({ kind: 'slow', delayMs: SECOND_MS, times: 1 });
  await app.tab('Outbox').click();
  await expect(app.row(MARIE.name)).toContainText('Not confirmed');
  await app.row(MARIE.name).getByRole('button', { name: 'Check again' }).click();
  await expect.poll(() => installation.vendor.received().length).toBeGreaterThan(before);
  await clock.advance(SECOND_MS);
  await expect(app.rows).toHaveCount(0);

  await app.tab('History').click();
  await expect(app.row(MARIE.name)).toContainText('Accepted');
  await app.row(MARIE.name).locator('summary').click();
  await expect(app.row(MARIE.name)).toContainText(/May have been sent: the connection dropped/);
  await expect(app.row(MARIE.name)).toContainText(/Partoo’s SMS list/);
  expect(installation.vendor.sms()).toHaveLength(1);
});

test('a correction replaces a waiting invitation and loses nothing (row 106)', async () => {
  const clock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock });
  const app = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(app, MARIE.phone, MARIE.name);
  await app.tab('Outbox').click();
  await app.row(MARIE.name).getByRole('button', { name: 'Edit' }).click();
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.customerName).toHaveValue(MARIE.name);
  await app.phone.fill(JEAN.phone);
  await app.phone.press('Enter');
  await expect(app.phone).toHaveValue('');

  await app.tab('Outbox').click();
  await expect(app.rows).toHaveCount(1);
  await tryAllNow(app, installation, clock, installation.vendor.acceptConnections);
  await expect(app.rows).toHaveCount(0);
  await app.tab('History').click();
  await expect(app.row('Accepted')).toHaveCount(1);
  await expect(app.row('Cancelled')).toHaveCount(1);
  expect(installation.sends()).toMatchObject([{ target_phone: JEAN.e164 }]);
});

test('Edit does not overwrite a filled form', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(app, MARIE.phone, MARIE.name);
  await app.phone.pressSequentially('0639');
  await app.tab('Outbox').click();
  await app.row(MARIE.name).getByRole('button', { name: 'Edit' }).click();
  await expect(app.result).toContainText(/something in it/i);
  await expect(app.phone).toHaveValue('06 39');
});

test('an SMS of another desk found when sending asks a person to decide (row 33)', async () => {
  const installation = await anInstallation({ settings: { checkWithPartoo: false } });
  const app = await installation.open();
  await waitsWhileAnotherSends(installation, app);
  await app.tab('Outbox').click();
  await app.button('Try all now').click();
  await expect(app.row(MARIE.name)).toContainText('Needs your decision', { timeout: 15_000 });
  await expect(app.row(MARIE.name)).toContainText(/got another SMS less than 10\sdays ago/);
  const buttons = app.row(MARIE.name).getByRole('button');
  await expect(buttons).toHaveText(['Don’t send', 'Edit']);

  await buttons.first().click();
  await expect(app.rows).toHaveCount(0);
  await expect(app.page.getByRole('heading', { name: 'Outbox' })).toBeFocused();
  await app.tab('History').click();
  await expect(app.row(MARIE.name)).toContainText('Cancelled');
  expect(installation.vendor.sms()).toEqual([]);
});

test('a held invitation shows its new time at once when a manager changes the hours', async () => {
  const installation = await anInstallation({ settings: { sendingHours: undefined } });
  const app = await installation.open();
  // The day after Sunday (0) is Monday (1), that after Saturday (6) is Sunday (7).
  const tomorrow = new Date().getDay() + 1;
  const openFrom = (from: string) =>
    app.page.evaluate(
      (period) => window.deskbell.calls['settings.save']({ sendingHours: [period] }),
      {
        days: [tomorrow],
        from,
        to: '20:00',
      },
    );
  await openFrom('08:00');
  await invite(app, MARIE.phone, MARIE.name);
  await app.tab('Outbox').click();
  const next = app.row(MARIE.name).locator('.row-next');
  await expect(next).toContainText('08:00');
  await openFrom('09:30');
  await expect(next).toContainText('09:30');
  await expect(next).not.toContainText('08:00');
  expect(installation.sends()).toEqual([]);
});

async function waitsWhileAnotherSends(installation: Installation, app: RunningApp): Promise<void> {
  await installation.vendor.refuseConnections();
  await invite(app, MARIE.phone, MARIE.name);
  await expect(app.connection).not.toBeEmpty();
  await installation.vendor.acceptConnections();
  sendElsewhere(installation, MARIE.e164);
}

function sendElsewhere({ vendor }: Installation, phone: string): void {
  vendor.sendFromElsewhere({ phone, businessId: HOTEL.id, name: 'Marie', by: 'Another Desk' });
}
