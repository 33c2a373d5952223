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
  const desk = await installation.open();
  const field = (name: string) => desk.page.getByRole('textbox', { name, exact: true });
  await desk.tab('Settings').click();
  await field('New PIN').fill(PIN);
  await field('Repeat new PIN').fill(PIN);
  await desk.button('Set PIN').click();
  await expect(desk.page.getByRole('main')).toContainText('PIN set');

  // In the history.
  await invite(desk, '06 39 98 00 12', 'Marie Dupont');
  await desk.tab('History').click();
  const refused = desk.row('Marie Dupont');
  await expect(refused).toContainText('Check the number first');
  expect(installation.vendor.sms()).toEqual([]);
  await refused.getByRole('button', { name: /^Send again anyway/ }).click();
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(desk.customerName).toHaveValue('Marie Dupont');
  await expect(desk.sendAgain).toBeChecked();
  await desk.send.press('Enter');
  await expect(desk.reason).toBeFocused();
  await desk.reason.selectOption('The customer asked for it');
  await desk.send.press('Enter');
  await expect(field('Manager PIN')).toBeFocused();
  expect(installation.sends()).toHaveLength(1);
  await field('Manager PIN').fill(PIN);
  await desk.send.click();
  await expect(desk.phone).toHaveValue('');
  await expect(desk.result).toContainText(/accepted/i);
  expect(installation.sends()).toMatchObject([
    { business_id: HOTEL.id, target_phone: '+33639980012', force: 'False' },
    { business_id: HOTEL.id, target_phone: '+33639980012', force: 'True' },
  ]);

  // In the form, where the number is typed again.
  await invite(desk, '06 39 98 00 13', 'Jean Martin');
  await expect(desk.result).toContainText(/didn’t accept/i);
  await desk.phone.pressSequentially('0639980013');
  await expect(desk.verdict).toContainText('Partoo refused an SMS to this number');
  await expect(desk.sendAgain).not.toBeChecked();
  await desk.sendAgain.check();
  await desk.reason.selectOption('The customer asked for it');
  await field('Manager PIN').fill(PIN);
  await desk.send.click();
  await expect(desk.phone).toHaveValue('');
  await expect(desk.result).toContainText(/accepted/i);
  expect(installation.vendor.sms()).toMatchObject([
    { phone: '+33639980012', forced: true },
    { phone: '+33639980013', forced: true },
  ]);

  // Each may be sent once.
  await desk.phone.pressSequentially('0639980013');
  await expect(desk.verdict).toContainText(/invited/i);
  await expect(desk.sendAgain).not.toBeChecked();
  await expect(desk.send).toBeDisabled();
});

test('[row 250] a missing or wrong reason or PIN is marked, and described by its error', async () => {
  const settings = { forceNeedsPin: true, requestsPerMinute: 300 };
  const installation = await anInstallation({ settings });
  const desk = await installation.open();
  const field = (name: string) => desk.page.getByRole('textbox', { name, exact: true });
  await desk.tab('Settings').click();
  await field('New PIN').fill(PIN);
  await field('Repeat new PIN').fill(PIN);
  await desk.button('Set PIN').click();
  await expect(desk.page.getByRole('main')).toContainText('PIN set');
  await invite(desk, '06 39 98 00 14', 'Marie Dupont');
  await expect(desk.result).toContainText(/accepted/i);

  await desk.phone.pressSequentially('0639980014');
  await desk.sendAgain.check();
  await expect(desk.reason).toHaveAttribute('aria-invalid', 'false');
  await desk.phone.press('Enter');
  await expect(desk.reason).toBeFocused();
  await expect(desk.reason).toHaveAttribute('aria-invalid', 'true');
  await expect(desk.reason).toHaveAccessibleDescription(/reason/i);

  // A reason that must be written, and is empty.
  await desk.reason.selectOption('Other…');
  await desk.phone.press('Enter');
  await expect(field('Other reason')).toBeFocused();
  await expect(field('Other reason')).toHaveAttribute('aria-invalid', 'true');
  await expect(field('Other reason')).toHaveAccessibleDescription(/reason/i);
  await expect(desk.reason).toHaveAttribute('aria-invalid', 'false');

  await desk.reason.selectOption('The customer asked for it');
  const pin = field('Manager PIN');
  await expect(pin).toHaveAttribute('aria-invalid', 'false');
  await desk.phone.press('Enter');
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
  await expect(desk.phone).toHaveValue('');
  await expect.poll(() => installation.sends().length).toBe(2);
});
