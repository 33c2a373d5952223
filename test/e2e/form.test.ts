import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { listen } from '../support/screen-reader.ts';
import { invite } from '../support/user-actions.ts';
import { aSharedApp } from './open-installation.ts';

const shared = aSharedApp();

/** Pastes over the content of a field. */
async function paste(app: RunningApp, into: 'phone' | 'customerName', text: string): Promise<void> {
  await app[into].selectText();
  await pasteHere(app, text);
}

/** Pastes wherever the focus is. */
async function pasteHere(app: RunningApp, text: string): Promise<void> {
  await app.runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await app.page.keyboard.press('ControlOrMeta+V');
}

test('[row 191] the reading of a number is shown while it is typed, and written into the field on blur', async () => {
  const { app } = shared();
  const readAs = app.verdict.getByText('Read as +33 6 39 98 00 12');
  await app.phone.pressSequentially('639980012');
  await expect(readAs).toBeVisible();
  await expect(app.phone).toHaveValue('639980012');
  // Under the caret nothing changes; after a move to the name field, the number is shown as it is read.
  await app.phone.press('Tab');
  await expect(app.customerName).toBeFocused();
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(readAs).toBeVisible();
  await app.phone.press('End');
  await app.phone.press('Backspace');
  await expect(readAs).toBeHidden();
  await app.phone.press('Escape');

  // The page does not move under the mouse when the field loses focus.
  await app.phone.pressSequentially('0033639980012');
  await expect(readAs).toBeVisible();
  await app.messageLine.click();
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.messageText).toBeVisible();
  await app.messageLine.click();
  await app.phone.press('Escape');

  for (const text of ['639980012', '+33 (0)6 39 98 00 12', '0033639980012', 'tel:+33639980012']) {
    await paste(app, 'phone', text);
    await expect(app.phone).toHaveValue('06 39 98 00 12');
    await expect(readAs).toBeHidden();
    await app.phone.press('Escape');
  }
  await app.phone.pressSequentially('+33639980012');
  await app.phone.press('Tab');
  await expect(app.phone).toHaveValue('+33 6 39 98 00 12');
  await app.customerName.press('Escape');
});

test('[row 192] a customer pasted into the name field fills both fields, and a number typed there is never sent as a name', async () => {
  const { installation, app } = shared();
  await paste(app, 'customerName', 'Marie Dupont 06 39 98 00 13');
  await expect(app.phone).toHaveValue('06 39 98 00 13');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  await app.customerName.press('Escape');

  // A number alone goes to the number field, and removes no typed name.
  await app.customerName.fill('Anna');
  await paste(app, 'customerName', '0639980013');
  await expect(app.phone).toHaveValue('06 39 98 00 13');
  await expect(app.customerName).toHaveValue('Anna');
  // Digits that are no phone number change no customer.
  await paste(app, 'customerName', 'Louis 14, Room 101');
  await expect(app.customerName).toHaveValue('Louis');
  await expect(app.phone).toHaveValue('06 39 98 00 13');

  await app.customerName.fill('Marie 06 39 98 00 14');
  await expect(app.send).toBeDisabled();
  await app.phone.press('Enter');
  await expect(app.customerName).toBeFocused();
  await expect(app.page.getByRole('alert')).toContainText('The name contains a phone number');
  expect(installation.sends()).toEqual([]);
  await app.customerName.fill('Marie');
  await app.customerName.press('Enter');
  await expect.poll(() => installation.sends()).toMatchObject([{ target_name: 'Marie' }]);
});

test('[row 207] Send shows whether the next customer gets an own text, and one press returns to Partoo’s', async () => {
  const { installation, app } = shared();
  const before = installation.sends().length;
  const dock = app.page.locator('.dock');
  const back = app.button('Back to Partoo’s template');
  await expect(back).toBeHidden();
  await app.messageLine.click();
  await app.messageText.fill('Dear {name}, one word about the fire alarm: @link');
  await app.messageLine.click();
  await app.phone.fill('0639980015');
  await app.phone.press('Enter');
  await expect.poll(() => installation.sends()).toHaveLength(before + 1);

  // The next customer: the form is empty, and the text is still the one of the customer before.
  await expect(app.phone).toHaveValue('');
  await expect(dock).toContainText('Your own text');
  await expect(dock).toContainText('Dear {name}, one word about the fire');
  await back.press('Enter');
  await expect(back).toBeHidden();
  await expect(dock).not.toContainText('fire alarm');
  await expect(app.phone).toBeFocused();
  await expect(app.messageLine).toContainText('Partoo’s template');
  await app.phone.fill('0639980016');
  await app.phone.press('Enter');
  await expect.poll(() => installation.sends()).toHaveLength(before + 2);
  expect(installation.sends().at(-1)).not.toHaveProperty('invite_content');

  // The own text is kept: one choice brings it back.
  await app.messageLine.click();
  await expect(app.messageText).toHaveValue('Dear {name}, one word about the fire alarm: @link');
  await app.messageText.fill('');
  await app.messageLine.click();
});

test('[row 208] another number typed over a pasted customer removes their name', async () => {
  const { app } = shared();
  await paste(app, 'phone', 'Sophie Blanc 06 39 98 00 17');
  await expect(app.customerName).toHaveValue('Sophie Blanc');
  await app.phone.selectText();
  await app.page.keyboard.type('0639980018');
  await expect(app.phone).toHaveValue('06 39 98 00 18');
  await expect(app.customerName).toHaveValue('');
  await expect(app.page.getByText('Your previous entry was set aside.')).toBeVisible();
  await app.button('Restore').click();
  await expect(app.phone).toHaveValue('06 39 98 00 17');
  await expect(app.customerName).toHaveValue('Sophie Blanc');

  // A corrected digit is the same customer.
  await app.phone.press('End');
  await app.phone.press('Backspace');
  await app.phone.press('9');
  await expect(app.phone).toHaveValue('06 39 98 00 19');
  await expect(app.customerName).toHaveValue('Sophie Blanc');

  await app.phone.fill('0639980018');
  await expect(app.customerName).toHaveValue('');
  await app.customerName.fill('Anna');
  await app.phone.selectText();
  await app.page.keyboard.type('0639980017');
  await expect(app.phone).toHaveValue('06 39 98 00 17');
  await expect(app.customerName).toHaveValue('Anna');
  await app.phone.press('Escape');
});

test('[row 211] a second name in a pasted text is shown, not dropped silently', async () => {
  const { app } = shared();
  const note = app.page.getByText('Left out of the pasted text: Jean Martin', { exact: false });
  await paste(app, 'phone', 'Marie Dupont 06 39 98 00 20 / Jean Martin');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  await expect(note).toBeVisible();
  await app.customerName.fill('Jean Martin');
  await expect(note).toBeHidden();
  await app.customerName.press('Escape');
});

test('[row 238] a number pasted after another is offered beside it, and full-width digits keep the caret', async () => {
  const { app } = shared();
  await paste(app, 'phone', '06 39 98 00 22');
  await app.runInMain(({ clipboard }) => clipboard.writeText('06 39 98 00 23'));
  await app.phone.press('End');
  await app.phone.press('ControlOrMeta+V');
  await expect(app.phone).toHaveValue('06 39 98 00 23');
  await app.button('Use 06 39 98 00 22').click();
  await expect(app.phone).toHaveValue('06 39 98 00 22');
  await app.phone.press('Escape');

  await app.phone.pressSequentially('0639800');
  await app.phone.press('Home');
  for (let moves = 0; moves < 5; moves += 1) await app.phone.press('ArrowRight');
  await app.page.keyboard.insertText('９');
  await app.page.keyboard.insertText('５');
  await expect(app.phone).toHaveValue('06 39 95 80 0');
  expect(await app.phone.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(
    '06 39 95'.length,
  );
  await app.phone.press('Escape');
});

test('[row 256] of a text pasted as a name the name is kept, and the rest is reported as left out', async () => {
  const { app } = shared();
  await paste(app, 'customerName', 'Marie Dupont Room 12');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  await expect(app.page.getByText('Some of the text was left out')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(app.customerName).toHaveValue('');
});

test('[row 257] Ctrl+Z restores the form that another pasted customer replaced', async () => {
  const { app } = shared();
  await app.phone.fill('0639980041');
  await app.customerName.fill('Marie Dupont');
  await paste(app, 'phone', 'Jean Martin 06 39 98 00 42');
  await expect(app.customerName).toHaveValue('Jean Martin');
  await app.phone.press('ControlOrMeta+Z');
  await expect(app.phone).toHaveValue('06 39 98 00 41');
  await expect(app.customerName).toHaveValue('Marie Dupont');
  // The pasted customer is stored as a cleared form and can be restored too.
  await expect(app.page.getByText('Your previous entry was set aside.')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(app.phone).toHaveValue('');
});

describe('[row 267] no text is lost after a refused Enter', () => {
  const invited = { digits: '0639980051', shown: '06 39 98 00 51' };

  /** Types the number of a customer who was just invited. */
  const typeInvited = async (app: RunningApp): Promise<void> => {
    await app.phone.fill(invited.digits);
    await expect(app.verdict).toContainText(/invited.*Marie Dupont/i);
    await expect(app.sendAgain).not.toBeChecked();
  };
  const expectDigits = (app: RunningApp, digits: string): Promise<void> =>
    expect.poll(async () => (await app.phone.inputValue()).replaceAll(/\D/g, '')).toBe(digits);

  test('[row 267] Enter on an invited number keeps the cursor in the phone field', async () => {
    const { installation, app } = shared();
    const { page } = app;
    await invite(app, invited.digits, 'Marie Dupont');
    await expect(app.result).toContainText(/accepted/i);
    const before = installation.sends().length;

    await typeInvited(app);
    const heard = await listen(page);
    for (const times of [1, 2]) {
      await page.keyboard.press('Enter');
      await expect
        .poll(async () => (await heard()).filter((text) => text.startsWith('Already invited')))
        .toHaveLength(times);
      await expect(app.phone).toBeFocused();
    }
    // A receptionist who does not look types the next number.
    await page.keyboard.type('0639980052');
    await expectDigits(app, `${invited.digits}0639980052`);
    await expect(app.sendAgain).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(app.phone).toBeFocused();
    await page.keyboard.press('Escape');

    await typeInvited(app);
    await page.keyboard.press('Enter');
    await pasteHere(app, '06 39 98 00 52');
    await expect(app.phone).toHaveValue('06 39 98 00 52');
    await app.button(`Use ${invited.shown}`).click();
    await expect(app.phone).toHaveValue(invited.shown);
    await page.keyboard.press('Escape');
    expect(installation.sends()).toHaveLength(before);
  });

  test('[row 267] a number typed or pasted beside the fields goes to the phone field', async () => {
    const { app } = shared();
    const { page } = app;
    await typeInvited(app);
    await app.sendAgain.focus();
    await page.keyboard.press('Space');
    await expect(app.sendAgain).toBeChecked();
    await app.reason.focus();
    await page.keyboard.type('0639980052');
    await expect(app.phone).toBeFocused();
    await expectDigits(app, `${invited.digits}0639980052`);
    await page.keyboard.press('Escape');

    for (const control of [app.send, app.messageLine]) {
      await control.focus();
      await page.keyboard.type('+33 6 39 98 00 52');
      await expect(app.phone).toHaveValue('+33 6 39 98 00 52');
      await page.keyboard.press('Escape');
    }

    await app.phone.blur();
    await page.keyboard.type('0639980052');
    await expect(app.phone).toHaveValue('06 39 98 00 52');
    // A paste is read like any other: the earlier number is offered.
    await app.send.focus();
    await pasteHere(app, 'Jean Martin 06 39 98 00 53');
    await expect(app.phone).toBeFocused();
    await expect(app.phone).toHaveValue('06 39 98 00 53');
    await expect(app.customerName).toHaveValue('Jean Martin');
    await page.keyboard.press('Escape');
    await app.messageLine.focus();
    await pasteHere(app, '0639980053');
    await expect(app.phone).toHaveValue('06 39 98 00 53');
    await expect(app.phone).toBeFocused();
    await page.keyboard.press('Escape');

    // The key that shows a hidden screen again types nothing.
    await app.send.focus();
    await page.keyboard.press('ControlOrMeta+L');
    await pasteHere(app, '0639980053');
    await expect(app.phone).toHaveValue('');
    await page.keyboard.press('ControlOrMeta+L');
    await page.keyboard.press('6');
    await expect(app.phone).toHaveValue('');

    // On another tab the form takes no text.
    await app.tab('Outbox').click();
    await page.keyboard.type('06');
    await pasteHere(app, '0639980053');
    await app.tab('Invite').click();
    await expect(app.phone).toHaveValue('');
  });
});
