import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { anInstallation } from './open-installation.ts';

test('previews an own text, sends it as shown, and remembers it for its business (row 82)', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await expect(desk.messageLine).toContainText('Partoo’s template');
  await desk.messageLine.click();
  await desk.messageText.fill('Bonjour {name}, ça va ? 😀 Votre avis… @link');
  await desk.customerName.fill('François');
  await expect(desk.page.getByText('Bonjour Francois, ca va', { exact: false })).toBeVisible();
  await expect(desk.page.locator('del')).toHaveText('😀');

  await desk.phone.fill('0639980012');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await desk.phone.press('Enter');
  await expect(desk.phone).toHaveValue('');
  await expect.poll(installation.sends).toEqual([
    {
      business_id: HOTEL.id,
      target_phone: '+33639980012',
      target_name: 'François',
      invite_content: 'Bonjour Francois, ca va ?  Votre avis... @link',
      force: 'False',
    },
  ]);

  await desk.quit();
  const again = await installation.open();
  await expect(again.messageLine).toContainText('Votre avis');
  await again.business.selectOption({ index: 1 });
  await expect(again.messageLine).toContainText('Partoo’s template');
});

test('[row 158] reports a placeholder of another program and a broken link, and corrects each with one click', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await desk.messageLine.click();
  await desk.messageText.fill('Bonjour {nom}, votre avis : https://@linkMerci');
  await expect(desk.page.getByText('{nom} would be sent as it is', { exact: false })).toBeVisible();
  await desk.phone.fill('0639980012');
  await desk.phone.press('Enter');
  await expect(desk.messageText).toBeFocused();
  expect(installation.sends()).toEqual([]);

  await desk.button('Correct the text').click();
  await expect(desk.messageText).toHaveValue('Bonjour {name}, votre avis : @link Merci');
  await expect(desk.button('Correct the text')).toBeHidden();
  await expect(desk.messageText).toBeFocused();
});

test('a text that cannot be sent gets the cursor, with Partoo’s template one click away', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await desk.messageLine.click();
  await desk.messageText.fill('Thank you, @link @link');
  // Shift+Enter writes a line break; Enter sends from here too.
  await desk.messageText.press('Shift+Enter');
  await desk.phone.fill('0639980012');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await desk.phone.press('Enter');
  await expect(desk.messageText).toBeFocused();
  await expect(desk.page.getByText(/more than once/).first()).toBeVisible();
  expect(installation.sends()).toEqual([]);

  await desk.page.getByRole('radio', { name: 'Partoo’s template' }).check();
  await desk.messageText.press('Enter');
  await expect(desk.phone).toBeFocused();
  await expect
    .poll(installation.sends)
    .toEqual([{ business_id: HOTEL.id, target_phone: '+33639980012', force: 'False' }]);
  // The text is still there for a correction.
  await desk.messageLine.click();
  await expect(desk.messageText).toHaveValue('Thank you, @link @link\n');
});

test('reports that a pasted novel is too long for an SMS, and blocks nothing else', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await desk.messageLine.click();
  await desk.messageText.fill('Once upon a time 👸. '.repeat(500));
  await expect(desk.page.getByText(/far too long for an SMS/)).toBeVisible();
  // A text that a field would take seconds to lay out is cut.
  await desk.messageText.evaluate((area) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Call me Ishmael. '.repeat(50_000));
    area.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await expect(desk.page.getByText(/850,000\scharacters/)).toBeVisible();
  await desk.messageText.fill('Thank you: @link');
  await expect(desk.page.getByText(/16 of 286\scharacters/)).toBeVisible();
});

test('a text typed before there is a business is kept for the first one', async () => {
  const installation = await anInstallation({ settings: { businesses: undefined } });
  const desk = await installation.open();
  await desk.messageLine.click();
  await desk.messageText.pressSequentially('Merci ! @link');
  await expect(desk.messageText).toHaveValue('Merci ! @link');
  await desk.page.evaluate(
    (hotel) => window.deskbell.calls['settings.save']({ businesses: [hotel] }),
    { id: HOTEL.id, name: HOTEL.name },
  );
  await expect(desk.page.getByText(HOTEL.name)).toBeVisible();
  await expect(desk.messageText).toHaveValue('Merci ! @link');
  await desk.phone.fill('0639980012');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await desk.phone.press('Enter');
  await expect.poll(installation.sends).toMatchObject([{ invite_content: 'Merci ! @link' }]);
});
