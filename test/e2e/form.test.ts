import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { Desk } from '../support/installation.ts';
import { aSharedDesk } from './open-installation.ts';

const shared = aSharedDesk();

/** Pastes over the content of a field. */
async function paste(desk: Desk, into: 'phone' | 'customerName', text: string): Promise<void> {
  await desk.runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await desk[into].selectText();
  await desk.page.keyboard.press('ControlOrMeta+V');
}

test('[row 191] the reading of a number is shown while it is typed, and written into the field on blur', async () => {
  const { desk } = shared();
  const readAs = desk.verdict.getByText('Read as +33 6 39 98 00 12');
  await desk.phone.pressSequentially('639980012');
  await expect(readAs).toBeVisible();
  await expect(desk.phone).toHaveValue('639980012');
  // Under the caret nothing changes; after a move to the name field, the number is shown as it is read.
  await desk.phone.press('Tab');
  await expect(desk.customerName).toBeFocused();
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(readAs).toBeVisible();
  await desk.phone.press('End');
  await desk.phone.press('Backspace');
  await expect(readAs).toBeHidden();
  await desk.phone.press('Escape');

  // The page does not move under the mouse when the field loses focus.
  await desk.phone.pressSequentially('0033639980012');
  await expect(readAs).toBeVisible();
  await desk.messageLine.click();
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(desk.messageText).toBeVisible();
  await desk.messageLine.click();
  await desk.phone.press('Escape');

  for (const text of ['639980012', '+33 (0)6 39 98 00 12', '0033639980012', 'tel:+33639980012']) {
    await paste(desk, 'phone', text);
    await expect(desk.phone).toHaveValue('06 39 98 00 12');
    await expect(readAs).toBeHidden();
    await desk.phone.press('Escape');
  }
  await desk.phone.pressSequentially('+33639980012');
  await desk.phone.press('Tab');
  await expect(desk.phone).toHaveValue('+33 6 39 98 00 12');
  await desk.customerName.press('Escape');
});

test('[row 192] a customer pasted into the name field fills both fields, and a number typed there is never sent as a name', async () => {
  const { installation, desk } = shared();
  await paste(desk, 'customerName', 'Marie Dupont 06 39 98 00 13');
  await expect(desk.phone).toHaveValue('06 39 98 00 13');
  await expect(desk.customerName).toHaveValue('Marie Dupont');
  await desk.customerName.press('Escape');

  // A number alone goes to the number field, and removes no typed name.
  await desk.customerName.fill('Anna');
  await paste(desk, 'customerName', '0639980013');
  await expect(desk.phone).toHaveValue('06 39 98 00 13');
  await expect(desk.customerName).toHaveValue('Anna');
  // Digits that are no phone number change no customer.
  await paste(desk, 'customerName', 'Louis 14, Room 101');
  await expect(desk.customerName).toHaveValue('Louis');
  await expect(desk.phone).toHaveValue('06 39 98 00 13');

  await desk.customerName.fill('Marie 06 39 98 00 14');
  await expect(desk.send).toBeDisabled();
  await desk.phone.press('Enter');
  await expect(desk.customerName).toBeFocused();
  await expect(desk.page.getByRole('alert')).toContainText('The name contains a phone number');
  expect(installation.sends()).toEqual([]);
  await desk.customerName.fill('Marie');
  await desk.customerName.press('Enter');
  await expect.poll(() => installation.sends()).toMatchObject([{ target_name: 'Marie' }]);
});

test('[row 207] Send shows whether the next customer gets an own text, and one press returns to Partoo’s', async () => {
  const { installation, desk } = shared();
  const before = installation.sends().length;
  const dock = desk.page.locator('.dock');
  const back = desk.button('Back to Partoo’s template');
  await expect(back).toBeHidden();
  await desk.messageLine.click();
  await desk.messageText.fill('Dear {name}, one word about the fire alarm: @link');
  await desk.messageLine.click();
  await desk.phone.fill('0639980015');
  await desk.phone.press('Enter');
  await expect.poll(() => installation.sends()).toHaveLength(before + 1);

  // The next customer: the form is empty, and the text is still the one of the customer before.
  await expect(desk.phone).toHaveValue('');
  await expect(dock).toContainText('Your own text');
  await expect(dock).toContainText('Dear {name}, one word about the fire');
  await back.press('Enter');
  await expect(back).toBeHidden();
  await expect(dock).not.toContainText('fire alarm');
  await expect(desk.phone).toBeFocused();
  await expect(desk.messageLine).toContainText('Partoo’s template');
  await desk.phone.fill('0639980016');
  await desk.phone.press('Enter');
  await expect.poll(() => installation.sends()).toHaveLength(before + 2);
  expect(installation.sends().at(-1)).not.toHaveProperty('invite_content');

  // The own text is kept: one choice brings it back.
  await desk.messageLine.click();
  await expect(desk.messageText).toHaveValue('Dear {name}, one word about the fire alarm: @link');
  await desk.messageText.fill('');
  await desk.messageLine.click();
});

test('[row 208] another number typed over a pasted customer removes their name', async () => {
  const { desk } = shared();
  await paste(desk, 'phone', 'Sophie Blanc 06 39 98 00 17');
  await expect(desk.customerName).toHaveValue('Sophie Blanc');
  await desk.phone.selectText();
  await desk.page.keyboard.type('0639980018');
  await expect(desk.phone).toHaveValue('06 39 98 00 18');
  await expect(desk.customerName).toHaveValue('');
  await expect(desk.page.getByText('Your previous entry was set aside.')).toBeVisible();
  await desk.button('Restore').click();
  await expect(desk.phone).toHaveValue('06 39 98 00 17');
  await expect(desk.customerName).toHaveValue('Sophie Blanc');

  // A corrected digit is the same customer.
  await desk.phone.press('End');
  await desk.phone.press('Backspace');
  await desk.phone.press('9');
  await expect(desk.phone).toHaveValue('06 39 98 00 19');
  await expect(desk.customerName).toHaveValue('Sophie Blanc');

  await desk.phone.fill('0639980018');
  await expect(desk.customerName).toHaveValue('');
  await desk.customerName.fill('Anna');
  await desk.phone.selectText();
  await desk.page.keyboard.type('0639980017');
  await expect(desk.phone).toHaveValue('06 39 98 00 17');
  await expect(desk.customerName).toHaveValue('Anna');
  await desk.phone.press('Escape');
});

test('[row 211] a second name in a pasted text is shown, not dropped silently', async () => {
  const { desk } = shared();
  const note = desk.page.getByText('Left out of the pasted text: Jean Martin', { exact: false });
  await paste(desk, 'phone', 'Marie Dupont 06 39 98 00 20 / Jean Martin');
  await expect(desk.customerName).toHaveValue('Marie Dupont');
  await expect(note).toBeVisible();
  await desk.customerName.fill('Jean Martin');
  await expect(note).toBeHidden();
  await desk.customerName.press('Escape');
});

test('[row 238] a number pasted after another is offered beside it, and full-width digits keep the caret', async () => {
  const { desk } = shared();
  await paste(desk, 'phone', '06 39 98 00 22');
  await desk.runInMain(({ clipboard }) => clipboard.writeText('06 39 98 00 23'));
  await desk.phone.press('End');
  await desk.phone.press('ControlOrMeta+V');
  await expect(desk.phone).toHaveValue('06 39 98 00 23');
  await desk.button('Use 06 39 98 00 22').click();
  await expect(desk.phone).toHaveValue('06 39 98 00 22');
  await desk.phone.press('Escape');

  await desk.phone.pressSequentially('0639800');
  await desk.phone.press('Home');
  for (let moves = 0; moves < 5; moves += 1) await desk.phone.press('ArrowRight');
  await desk.page.keyboard.insertText('９');
  await desk.page.keyboard.insertText('５');
  await expect(desk.phone).toHaveValue('06 39 95 80 0');
  expect(await desk.phone.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(
    '06 39 95'.length,
  );
  await desk.phone.press('Escape');
});

test('[row 256] of a text pasted as a name the name is kept, and the rest is reported as left out', async () => {
  const { desk } = shared();
  await paste(desk, 'customerName', 'Marie Dupont Room 12');
  await expect(desk.customerName).toHaveValue('Marie Dupont');
  await expect(desk.page.getByText('Some of the text was left out')).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(desk.customerName).toHaveValue('');
});

test('[row 257] Ctrl+Z restores the form that another pasted customer replaced', async () => {
  const { desk } = shared();
  await desk.phone.fill('0639980041');
  await desk.customerName.fill('Marie Dupont');
  await paste(desk, 'phone', 'Jean Martin 06 39 98 00 42');
  await expect(desk.customerName).toHaveValue('Jean Martin');
  await desk.phone.press('ControlOrMeta+Z');
  await expect(desk.phone).toHaveValue('06 39 98 00 41');
  await expect(desk.customerName).toHaveValue('Marie Dupont');
  // The pasted customer is stored as a cleared form and can be restored too.
  await expect(desk.page.getByText('Your previous entry was set aside.')).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(desk.phone).toHaveValue('');
});
