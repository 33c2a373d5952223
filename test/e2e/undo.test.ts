import { afterEach, describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL, type RunningApp } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { aSharedApp } from './open-installation.ts';

const BUSINESSES = [
  { id: HOTEL.id, name: HOTEL.name },
  ...Array.from({ length: 13 }, (_, at) => ({ id: `lyon-${at}`, name: `Résidence ${at}, Lyon` })),
];
const UNDO = 'ControlOrMeta+Z';

/** Whether Undo is offered for the last invitation. */
const isHeld = (app: RunningApp) => expect(app.result).toContainText('You can still undo');

// One customer for each test: a number is invited once.
describe('[row 221] undo acts where the focus is', () => {
  const shared = aSharedApp({ settings: { businesses: BUSINESSES, undoSeconds: 60 } });
  afterEach(async () => {
    const { app } = shared();
    await app.tab('Invite').click();
    await app.phone.press('Escape');
    await expect(app.phone).toHaveValue('');
  });

  test('[row 209] a cancelled invitation can be restored with one press while the next customer is typed', async () => {
    const { app } = shared();
    await invite(app, '0639980016', 'Marie Dupont');
    await isHeld(app);
    await app.phone.fill('0639980017');
    await app.customerName.fill('Jean Martin');
    await app.button('Undo').click();
    await expect(app.result).toContainText('Cancelled: no SMS will be sent to Marie Dupont');
    await expect(app.phone).toHaveValue('06 39 98 00 17');
    await expect(app.page.getByText('The invitation you undid was set aside')).toBeVisible();

    await app.button('Restore').click();
    await expect(app.phone).toHaveValue('06 39 98 00 16');
    await expect(app.customerName).toHaveValue('Marie Dupont');
    // The other customer is now a cleared form.
    await app.button('Restore').click();
    await expect(app.customerName).toHaveValue('Jean Martin');
  });

  test('[row 254] an undone second SMS returns with its switch and its reason', async () => {
    const { app, installation } = shared();
    const phone = '+33639980041';
    installation.vendor.sendFromElsewhere({
      phone,
      businessId: HOTEL.id,
      name: '',
      by: 'Other Desk',
    });
    await app.phone.fill('0639980041');
    await app.sendAgain.check();
    await app.reason.selectOption('The first SMS didn’t arrive');
    await app.phone.press('Enter');
    await isHeld(app);
    await app.button('Undo').click();
    await expect(app.phone).toHaveValue('06 39 98 00 41');
    await expect(app.sendAgain).toBeChecked();
    await expect(app.reason.locator('option:checked')).toHaveText('The first SMS didn’t arrive');
    // The permission is asked for again, and is valid for one send.
    await app.phone.press('Enter');
    await isHeld(app);
    await app.phone.fill('0639980041');
    await expect(app.verdict).toContainText(/waiting|in the outbox/i);
    await expect(app.sendAgain).toHaveCount(0);
    expect(installation.sends()).toEqual([]);
  });

  test('[row 221] Ctrl+Z in the message text, the picker and Settings undoes no invitation', async () => {
    const { app } = shared();
    await invite(app, '0639980012', 'Marie Dupont');
    await isHeld(app);
    await app.business.focus();
    await app.page.keyboard.press(UNDO);
    await isHeld(app);
    await app.messageLine.click();
    await app.messageText.press(UNDO);
    await isHeld(app);
    await app.messageText.pressSequentially('Hello');
    await app.messageText.press(UNDO);
    await expect(app.messageText).not.toHaveValue('Hello');
    await app.messageText.fill('');
    await app.messageText.press(UNDO);
    await app.messageText.fill('');
    await isHeld(app);
    await expect(app.phone).toHaveValue('');
    await app.messageLine.click();
    await app.tab('Settings').click();
    await app.page.keyboard.press(UNDO);
    await app.tab('Invite').click();
    await isHeld(app);
    // Where nothing else can be undone it undoes the invitation.
    await app.phone.press(UNDO);
    await expect(app.phone).toHaveValue('06 39 98 00 12');
    await app.phone.press('Escape');
  });

  test('[row 221] Esc while Undo is offered keeps the next customer, and Ctrl+Z goes back step by step', async () => {
    const { app } = shared();
    await invite(app, '0639980013', 'Jean Martin');
    await isHeld(app);
    await app.phone.fill('0639980014');
    await app.customerName.fill('Léa Petit');
    await app.page.keyboard.press('Escape');
    await expect(app.phone).toHaveValue('');
    await isHeld(app);
    await expect(app.page.getByText('Form cleared.')).toBeVisible();
    // The latest first.
    await app.phone.press(UNDO);
    await expect(app.phone).toHaveValue('06 39 98 00 14');
    await expect(app.customerName).toHaveValue('Léa Petit');
    await isHeld(app);
    // A filled form has its own undo.
    await app.customerName.press(UNDO);
    await isHeld(app);
    await app.page.keyboard.press('Escape');
    await expect(app.phone).toHaveValue('');
    await app.button('Undo').click();
    await expect(app.phone).toHaveValue('06 39 98 00 13');
    await expect(app.result).toContainText('Cancelled');
    // The cleared form is still there, and the current one becomes a cleared form.
    await app.button('Restore').click();
    await expect(app.phone).toHaveValue('06 39 98 00 14');
  });

  test('[row 244] clearing a correction keeps its invitation, and says so', async () => {
    const { app } = shared();
    const correcting = app.page.getByText('You’re editing');
    await invite(app, '0639980031', 'Rosa Conti');
    await app.tab('Outbox').click();
    await app.row('Rosa Conti').getByRole('button', { name: 'Edit' }).click();
    await expect(correcting).toBeVisible();
    await app.phone.press('Escape');
    await expect(
      app.page.getByText('Your changes were set aside. The invitation stays as it was.'),
    ).toBeVisible();
    await app.button('Restore').click();
    await expect(correcting).toBeVisible();
    await app.phone.press('Escape');

    // The invitation ends, and nothing replaces it any more.
    await app.tab('Outbox').click();
    await app.row('Rosa Conti').getByRole('button', { name: 'Cancel' }).click();
    await app.tab('Invite').click();
    await app.button('Restore').click();
    await expect(app.customerName).toHaveValue('Rosa Conti');
    await expect(correcting).toHaveCount(0);
  });

  test('[row 244] the message about a cleared form does not refer to the next invitation', async () => {
    const { app } = shared();
    await app.phone.fill('0639980032');
    await app.phone.press('Escape');
    await expect(app.page.getByText('What was in it hasn’t been sent.')).toBeVisible();
    await invite(app, '0639980033', 'Anna Weber');
    await isHeld(app);
    await expect(app.page.getByText('hasn’t been sent')).toHaveCount(0);
    await expect(app.page.getByText('A form that was set aside can be restored.')).toBeVisible();
    await app.button('Restore').click();
    await expect(app.phone).toHaveValue('06 39 98 00 32');
  });

  test('[row 244] an undone opt-out restores the name of the invitation that ended with it', async () => {
    const { app } = shared();
    await invite(app, '0639980034', 'Nina Roux');
    await isHeld(app);
    await app.phone.fill('0639980034');
    await app.button('Customer doesn’t want SMS').click();
    await expect(app.result).toContainText('on the do-not-contact list');
    await app.button('Undo').click();
    await expect(app.phone).toHaveValue('06 39 98 00 34');
    await expect(app.customerName).toHaveValue('Nina Roux');
  });

  test('[row 221] several cleared forms come back one after the other', async () => {
    const { app } = shared();
    const typed = ['06 39 98 00 21', '06 39 98 00 22', '06 39 98 00 23'];
    for (const phone of typed) {
      await app.phone.fill(phone);
      await app.phone.press('Escape');
    }
    const back: string[] = [];
    for (const _ of typed) {
      await app.button('Restore').click();
      back.push(await app.phone.inputValue());
    }
    expect(back.toReversed()).toEqual(typed);
    await app.phone.press('Escape');
  });

  describe('[row 265] Ctrl+Z after the next customer was begun and deleted', () => {
    const NEXT = '06 39 98 00 52';
    /** Types the next number, deletes it by mistake, and presses the undo key. */
    const undoSlip = async (app: RunningApp): Promise<void> => {
      await app.phone.pressSequentially('0639980052');
      await app.phone.press('ControlOrMeta+A');
      await app.phone.press('Delete');
      await expect(app.phone).toHaveValue('');
      await app.phone.press(UNDO);
      await expect(app.phone).toHaveValue(NEXT);
    };

    test('puts the number back and restores no cleared form', async () => {
      const { app } = shared();
      await app.phone.fill('0639980051');
      await app.customerName.fill('Marie Dupont');
      await app.page.keyboard.press('Escape');
      await expect(app.page.getByText('Form cleared.')).toBeVisible();
      await undoSlip(app);
      await expect(app.customerName).toHaveValue('');
      // The same again, with other keys; the key does not put the number there twice.
      await app.phone.press('End');
      for (const _ of NEXT) await app.phone.press('Backspace');
      await app.phone.press(UNDO);
      await expect(app.phone).toHaveValue(NEXT);
      await app.phone.press(UNDO);
      await app.phone.press(UNDO);
      await expect(app.phone).toHaveValue(NEXT);
      await app.button('Restore').click();
      await expect(app.customerName).toHaveValue('Marie Dupont');
    });

    test('puts the number back and keeps the invitation before', async () => {
      const { app } = shared();
      await invite(app, '0639980053', 'Jean Martin');
      await isHeld(app);
      await undoSlip(app);
      await isHeld(app);
      await app.customerName.fill('Léa Petit');
      await app.customerName.press('ControlOrMeta+A');
      await app.customerName.press('Delete');
      await app.customerName.press(UNDO);
      await expect(app.customerName).toHaveValue('Léa Petit');
      await isHeld(app);
    });

    test('puts the number back and keeps the customer on the do-not-contact list', async () => {
      const { app } = shared();
      await app.phone.fill('0639980054');
      await app.button('Customer doesn’t want SMS').click();
      await expect(app.result).toContainText('is now on the do-not-contact list');
      await undoSlip(app);
      await app.phone.press('Escape');
      await app.phone.fill('0639980054');
      await expect(app.verdict).toContainText('do-not-contact list');
    });

    test('restores the cleared form and says so as long as nothing was typed since', async () => {
      const { app } = shared();
      await app.phone.fill('0639980055');
      await app.phone.press('Escape');
      await app.phone.press(UNDO);
      await expect(app.phone).toHaveValue('06 39 98 00 55');
      await expect(app.page.getByText('What you typed has been restored.')).toBeVisible();
    });
  });

  test('[row 221] Ctrl+Z restores nothing that is no longer on the screen', async () => {
    const { app } = shared();
    const { page } = app;
    await page.keyboard.type('0639980015');
    await app.customerName.click();
    await page.keyboard.type('Paul Bernard');
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    await page.keyboard.press('Enter');
    await isHeld(app);
    await app.tab('Outbox').click();
    await app.row('Paul Bernard').getByText('Paul Bernard').first().click();
    await app.row('Paul Bernard').getByRole('button', { name: 'Cancel' }).click();
    await app.tab('Invite').click();
    for (const field of [app.phone, app.customerName]) {
      await field.press(UNDO);
      await field.press(UNDO);
      await expect(field).toHaveValue('');
    }
    // Undo does not put a text for one business into the text of another.
    await app.messageLine.click();
    await app.messageText.pressSequentially('For the hotel @link');
    await app.business.fill('Résidence 3');
    await page.keyboard.press('Enter');
    await expect(app.messageText).toHaveValue('');
    await app.messageText.press(UNDO);
    await expect(app.messageText).toHaveValue('');
    await expect(app.business).toHaveValue('Résidence 3, Lyon');
    await expect(app.messageText).toBeFocused();
    // Each field undoes its own typing only.
    await app.customerName.pressSequentially('Paul');
    await app.messageText.pressSequentially('H');
    await app.messageText.press(UNDO);
    await expect(app.messageText).toHaveValue('');
    await app.messageText.press(UNDO);
    await expect(app.customerName).toHaveValue('Paul');
  });
});
