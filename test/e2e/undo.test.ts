import { afterEach, describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL, type Desk } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { aSharedDesk } from './open-installation.ts';

const BUSINESSES = [
  { id: HOTEL.id, name: HOTEL.name },
  ...Array.from({ length: 13 }, (_, at) => ({ id: `lyon-${at}`, name: `Résidence ${at}, Lyon` })),
];
const UNDO = 'ControlOrMeta+Z';

/** Whether Undo is offered for the last invitation. */
const isHeld = (desk: Desk) => expect(desk.result).toContainText('You can still undo');

// One customer for each test: a number is invited once.
describe('[row 221] undo acts where the focus is', () => {
  const shared = aSharedDesk({ settings: { businesses: BUSINESSES, undoSeconds: 60 } });
  afterEach(async () => {
    const { desk } = shared();
    await desk.tab('Invite').click();
    await desk.phone.press('Escape');
    await expect(desk.phone).toHaveValue('');
  });

  test('[row 209] a cancelled invitation can be restored with one press while the next customer is typed', async () => {
    const { desk } = shared();
    await invite(desk, '0639980016', 'Marie Dupont');
    await isHeld(desk);
    await desk.phone.fill('0639980017');
    await desk.customerName.fill('Jean Martin');
    await desk.button('Undo').click();
    await expect(desk.result).toContainText('Cancelled: no SMS will be sent to Marie Dupont');
    await expect(desk.phone).toHaveValue('06 39 98 00 17');
    await expect(desk.page.getByText('The invitation you undid was set aside')).toBeVisible();

    await desk.button('Restore').click();
    await expect(desk.phone).toHaveValue('06 39 98 00 16');
    await expect(desk.customerName).toHaveValue('Marie Dupont');
    // The other customer is now a cleared form.
    await desk.button('Restore').click();
    await expect(desk.customerName).toHaveValue('Jean Martin');
  });

  test('[row 254] an undone second SMS returns with its switch and its reason', async () => {
    const { desk, installation } = shared();
    const phone = '+33639980041';
    installation.vendor.sendFromElsewhere({
      phone,
      businessId: HOTEL.id,
      name: '',
      by: 'Other Desk',
    });
    await desk.phone.fill('0639980041');
    await desk.sendAgain.check();
    await desk.reason.selectOption('The first SMS didn’t arrive');
    await desk.phone.press('Enter');
    await isHeld(desk);
    await desk.button('Undo').click();
    await expect(desk.phone).toHaveValue('06 39 98 00 41');
    await expect(desk.sendAgain).toBeChecked();
    await expect(desk.reason.locator('option:checked')).toHaveText('The first SMS didn’t arrive');
    // The permission is asked for again, and is valid for one send.
    await desk.phone.press('Enter');
    await isHeld(desk);
    await desk.phone.fill('0639980041');
    await expect(desk.verdict).toContainText(/waiting|in the outbox/i);
    await expect(desk.sendAgain).toHaveCount(0);
    expect(installation.sends()).toEqual([]);
  });

  test('[row 221] Ctrl+Z in the message text, the picker and Settings undoes no invitation', async () => {
    const { desk } = shared();
    await invite(desk, '0639980012', 'Marie Dupont');
    await isHeld(desk);
    await desk.business.focus();
    await desk.page.keyboard.press(UNDO);
    await isHeld(desk);
    await desk.messageLine.click();
    await desk.messageText.press(UNDO);
    await isHeld(desk);
    await desk.messageText.pressSequentially('Hello');
    await desk.messageText.press(UNDO);
    await expect(desk.messageText).not.toHaveValue('Hello');
    await desk.messageText.fill('');
    await desk.messageText.press(UNDO);
    await desk.messageText.fill('');
    await isHeld(desk);
    await expect(desk.phone).toHaveValue('');
    await desk.messageLine.click();
    await desk.tab('Settings').click();
    await desk.page.keyboard.press(UNDO);
    await desk.tab('Invite').click();
    await isHeld(desk);
    // Where nothing else can be undone it undoes the invitation.
    await desk.phone.press(UNDO);
    await expect(desk.phone).toHaveValue('06 39 98 00 12');
    await desk.phone.press('Escape');
  });

  test('[row 221] Esc while Undo is offered keeps the next customer, and Ctrl+Z goes back step by step', async () => {
    const { desk } = shared();
    await invite(desk, '0639980013', 'Jean Martin');
    await isHeld(desk);
    await desk.phone.fill('0639980014');
    await desk.customerName.fill('Léa Petit');
    await desk.page.keyboard.press('Escape');
    await expect(desk.phone).toHaveValue('');
    await isHeld(desk);
    await expect(desk.page.getByText('Form cleared.')).toBeVisible();
    // The latest first.
    await desk.phone.press(UNDO);
    await expect(desk.phone).toHaveValue('06 39 98 00 14');
    await expect(desk.customerName).toHaveValue('Léa Petit');
    await isHeld(desk);
    // A filled form has its own undo.
    await desk.customerName.press(UNDO);
    await isHeld(desk);
    await desk.page.keyboard.press('Escape');
    await expect(desk.phone).toHaveValue('');
    await desk.button('Undo').click();
    await expect(desk.phone).toHaveValue('06 39 98 00 13');
    await expect(desk.result).toContainText('Cancelled');
    // The cleared form is still there, and the current one becomes a cleared form.
    await desk.button('Restore').click();
    await expect(desk.phone).toHaveValue('06 39 98 00 14');
  });

  test('[row 244] clearing a correction keeps its invitation, and says so', async () => {
    const { desk } = shared();
    const correcting = desk.page.getByText('You’re editing');
    await invite(desk, '0639980031', 'Rosa Conti');
    await desk.tab('Outbox').click();
    await desk.row('Rosa Conti').getByRole('button', { name: 'Edit' }).click();
    await expect(correcting).toBeVisible();
    await desk.phone.press('Escape');
    await expect(
      desk.page.getByText('Your changes were set aside. The invitation stays as it was.'),
    ).toBeVisible();
    await desk.button('Restore').click();
    await expect(correcting).toBeVisible();
    await desk.phone.press('Escape');

    // The invitation ends, and nothing replaces it any more.
    await desk.tab('Outbox').click();
    await desk.row('Rosa Conti').getByRole('button', { name: 'Cancel' }).click();
    await desk.tab('Invite').click();
    await desk.button('Restore').click();
    await expect(desk.customerName).toHaveValue('Rosa Conti');
    await expect(correcting).toHaveCount(0);
  });

  test('[row 244] the message about a cleared form does not refer to the next invitation', async () => {
    const { desk } = shared();
    await desk.phone.fill('0639980032');
    await desk.phone.press('Escape');
    await expect(desk.page.getByText('What was in it hasn’t been sent.')).toBeVisible();
    await invite(desk, '0639980033', 'Anna Weber');
    await isHeld(desk);
    await expect(desk.page.getByText('hasn’t been sent')).toHaveCount(0);
    await expect(desk.page.getByText('A form that was set aside can be restored.')).toBeVisible();
    await desk.button('Restore').click();
    await expect(desk.phone).toHaveValue('06 39 98 00 32');
  });

  test('[row 244] an undone opt-out restores the name of the invitation that ended with it', async () => {
    const { desk } = shared();
    await invite(desk, '0639980034', 'Nina Roux');
    await isHeld(desk);
    await desk.phone.fill('0639980034');
    await desk.button('Customer doesn’t want SMS').click();
    await expect(desk.result).toContainText('on the do-not-contact list');
    await desk.button('Undo').click();
    await expect(desk.phone).toHaveValue('06 39 98 00 34');
    await expect(desk.customerName).toHaveValue('Nina Roux');
  });

  test('[row 221] several cleared forms come back one after the other', async () => {
    const { desk } = shared();
    const typed = ['06 39 98 00 21', '06 39 98 00 22', '06 39 98 00 23'];
    for (const phone of typed) {
      await desk.phone.fill(phone);
      await desk.phone.press('Escape');
    }
    const back: string[] = [];
    for (const _ of typed) {
      await desk.button('Restore').click();
      back.push(await desk.phone.inputValue());
    }
    expect(back.toReversed()).toEqual(typed);
    await desk.phone.press('Escape');
  });

  test('[row 221] Ctrl+Z restores nothing that is no longer on the screen', async () => {
    const { desk } = shared();
    const { page } = desk;
    await page.keyboard.type('0639980015');
    await desk.customerName.click();
    await page.keyboard.type('Paul Bernard');
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    await page.keyboard.press('Enter');
    await isHeld(desk);
    await desk.tab('Outbox').click();
    await desk.row('Paul Bernard').getByText('Paul Bernard').first().click();
    await desk.row('Paul Bernard').getByRole('button', { name: 'Cancel' }).click();
    await desk.tab('Invite').click();
    for (const field of [desk.phone, desk.customerName]) {
      await field.press(UNDO);
      await field.press(UNDO);
      await expect(field).toHaveValue('');
    }
    // Undo does not put a text for one business into the text of another.
    await desk.messageLine.click();
    await desk.messageText.pressSequentially('For the hotel @link');
    await desk.business.fill('Résidence 3');
    await page.keyboard.press('Enter');
    await expect(desk.messageText).toHaveValue('');
    await desk.messageText.press(UNDO);
    await expect(desk.messageText).toHaveValue('');
    await expect(desk.business).toHaveValue('Résidence 3, Lyon');
    await expect(desk.messageText).toBeFocused();
    // Each field undoes its own typing only.
    await desk.customerName.pressSequentially('Paul');
    await desk.messageText.pressSequentially('H');
    await desk.messageText.press(UNDO);
    await expect(desk.messageText).toHaveValue('');
    await desk.messageText.press(UNDO);
    await expect(desk.customerName).toHaveValue('Paul');
  });
});
