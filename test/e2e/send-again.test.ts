import { test } from 'vitest';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { expect } from '../support/expect.ts';
import { HOTEL, type Installation } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const PIN = '4711';

/** An SMS for a business that this desk may not search; the simulator counts the ten days for the organisation. */
const sendElsewhere = ({ vendor }: Installation, phone: string): void =>
  vendor.sendFromElsewhere({
    phone,
    businessId: PRACTICE_BUSINESSES[2].id,
    name: '',
    by: 'Another Desk',
  });

test('[row 124] sends an unexplained refusal again on purpose, from the history and from the form', async () => {
  // High enough that nothing waits for the rate limiter.
  const settings = { forceNeedsPin: true, requestsPerMinute: 300 };
  const installation = await anInstallation({ settings });
  sendElsewhere(installation, '+33639980012');
  sendElsewhere(installation, '+33639980013');
  const app = await installation.open();
  const field = (name: string) => app.page.getByRole('textbox', { name, exact: true });
  await app.tab('Settings').click();
  await field('New PIN').fill(PIN);
  await field('Repeat new PIN').fill(PIN);
  await app.button('Set PIN').click();
  await expect(app.page.getByRole('main')).toContainText('PIN set');

  // In the history.
  await invite(app, '06 39 98 00 12', 'Marie Dupont');
  await app.tab('History').click();
  const refused = app.row('Marie Dupont');
  await expect(refused).toContainText('Check the number first');
  expect(installation.vendor.sms()).toEqual([]);
  await refused.getByRole('button', { name: /^Send again anyway/ }).click();
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  await expect(app.sendAgain).toBeChecked();
  await app.send.press('Enter');
  await expect(app.reason).toBeFocused();
  await app.reason.selectOption('The customer asked for it');
  await app.send.press('Enter');
  await expect(field('Manager PIN')).toBeFocused();
  expect(installation.sends()).toHaveLength(1);
  await field('Manager PIN').fill(PIN);
  await app.send.click();
  await expect(app.phone).toHaveValue('');
  await expect(app.result).toContainText(/accepted/i);
  expect(installation.sends()).toMatchObject([
    { business_id: HOTEL.id, target_phone: '+33639980012', force: 'False' },
    { business_id: HOTEL.id, target_phone: '+33639980012', force: 'True' },
  ]);

  // In the form, where the number is typed again.
  await invite(app, '06 39 98 00 13', 'Jean Martin');
  await expect(app.result).toContainText(/didn’t accept/i);
  await app.phone.pressSequentially('0639980013');
  await expect(app.verdict).toContainText('Partoo refused an SMS to this number');
  await expect(app.sendAgain).not.toBeChecked();
  await app.sendAgain.check();
  await app.reason.selectOption('The customer asked for it');
  await field('Manager PIN').fill(PIN);
  await app.send.click();
  await expect(app.phone).toHaveValue('');
  await expect(app.result).toContainText(/accepted/i);
  expect(installation.vendor.sms()).toMatchObject([
    { phone: '+33639980012', forced: true },
    { phone: '+33639980013', forced: true },
  ]);

  // Each may be sent once.
  await app.phone.pressSequentially('0639980013');
  await expect(app.verdict).toContainText(/invited/i);
  await expect(app.sendAgain).not.toBeChecked();
  await expect(app.send).toBeDisabled();
});

test('[row 250] a missing or wrong reason or PIN is marked, and described by its error', async () => {
  const settings = { forceNeedsPin: true, requestsPerMinute: 300 };
  const installation = await anInstallation({ settings });
  const app = await installation.open();
  const field = (name: string) => app.page.getByRole('textbox', { name, exact: true });
  await app.tab('Settings').click();
  await field('New PIN').fill(PIN);
  await field('Repeat new PIN').fill(PIN);
  await app.button('Set PIN').click();
  await expect(app.page.getByRole('main')).toContainText('PIN set');
  await invite(app, '06 39 98 00 14', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);

  await app.phone.pressSequentially('0639980014');
  await app.sendAgain.check();
  await expect(app.reason).toHaveAttribute('aria-invalid', 'false');
  await app.phone.press('Enter');
  await expect(app.reason).toBeFocused();
  await expect(app.reason).toHaveAttribute('aria-invalid', 'true');
  await expect(app.reason).toHaveAccessibleDescription(/reason/i);

  // A reason that must be written, and is empty.
  await app.reason.selectOption('Other…');
  await app.phone.press('Enter');
  await expect(field('Other reason')).toBeFocused();
  await expect(field('Other reason')).toHaveAttribute('aria-invalid', 'true');
  await expect(field('Other reason')).toHaveAccessibleDescription(/reason/i);
  await expect(app.reason).toHaveAttribute('aria-invalid', 'false');

  await app.reason.selectOption('The customer asked for it');
  const pin = field('Manager PIN');
  await expect(pin).toHaveAttribute('aria-invalid', 'false');
  await app.phone.press('Enter');
  await expect(pin).toBeFocused();
  await expect(pin).toHaveAttribute('aria-invalid', 'true');
  await expect(pin).toHaveAccessibleDescription(/PIN/);
  await pin.fill('0000');
  await expect(pin).toHaveAttribute('aria-invalid', 'false');
  await pin.press('Enter');
  await expect(pin).toHaveValue('');
  await expect(pin).toHaveAttribute('aria-invalid', 'true');
  await expect(pin).toHaveAccessibleDescription(/not the right PIN/i);
  await pin.fill(PIN);
  await pin.press('Enter');
  await expect(app.phone).toHaveValue('');
  await expect.poll(() => installation.sends().length).toBe(2);
});
