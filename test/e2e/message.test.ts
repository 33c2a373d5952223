import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { anInstallation } from './open-installation.ts';

test('previews an own text, sends it as shown, and remembers it for its business (row 82)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await expect(app.messageLine).toContainText('Partoo’s template');
  await app.messageLine.click();
  await app.messageText.fill('Bonjour {name}, ça va ? 😀 Votre avis… @link');
  await app.customerName.fill('François');
  await expect(app.page.getByText('Bonjour Francois, ca va', { exact: false })).toBeVisible();
  await expect(app.page.locator('del')).toHaveText('😀');

  await app.phone.fill('0639980012');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.phone.press('Enter');
  await expect(app.phone).toHaveValue('');
  await expect.poll(installation.sends).toEqual([
    {
      business_id: HOTEL.id,
      target_phone: '+33639980012',
      target_name: 'François',
      invite_content: 'Bonjour Francois, ca va ?  Votre avis... @link',
      force: 'False',
    },
  ]);

  await app.quit();
  const again = await installation.open();
  await expect(again.messageLine).toContainText('Votre avis');
  await again.business.selectOption({ index: 1 });
  await expect(again.messageLine).toContainText('Partoo’s template');
});

test('[row 158] reports a placeholder of another program and a broken link, and corrects each with one click', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.messageLine.click();
  await app.messageText.fill('Bonjour {nom}, votre avis : https://@linkMerci');
  await expect(app.page.getByText('{nom} would be sent as it is', { exact: false })).toBeVisible();
  await app.phone.fill('0639980012');
  await app.phone.press('Enter');
  await expect(app.messageText).toBeFocused();
  expect(installation.sends()).toEqual([]);

  await app.button('Correct the text').click();
  await expect(app.messageText).toHaveValue('Bonjour {name}, votre avis : @link Merci');
  await expect(app.button('Correct the text')).toBeHidden();
  await expect(app.messageText).toBeFocused();
});

test('a text that cannot be sent gets the cursor, with Partoo’s template one click away', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.messageLine.click();
  await app.messageText.fill('Thank you, @link @link');
  // Shift+Enter writes a line break; Enter sends from here too.
  await app.messageText.press('Shift+Enter');
  await app.phone.fill('0639980012');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.phone.press('Enter');
  await expect(app.messageText).toBeFocused();
  await expect(app.page.getByText(/more than once/).first()).toBeVisible();
  expect(installation.sends()).toEqual([]);

  await app.page.getByRole('radio', { name: 'Partoo’s template' }).check();
  await app.messageText.press('Enter');
  await expect(app.phone).toBeFocused();
  await expect
    .poll(installation.sends)
    .toEqual([{ business_id: HOTEL.id, target_phone: '+33639980012', force: 'False' }]);
  // The text is still there for a correction.
  await app.messageLine.click();
  await expect(app.messageText).toHaveValue('Thank you, @link @link\n');
});

test('reports that a pasted novel is too long for an SMS, and blocks nothing else', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.messageLine.click();
  await app.messageText.fill('Once upon a time 👸. '.repeat(500));
  await expect(app.page.getByText(/far too long for an SMS/)).toBeVisible();
  // A text that a field would take seconds to lay out is cut.
  await app.messageText.evaluate((area) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Call me Ishmael. '.repeat(50_000));
    area.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await expect(app.page.getByText(/850,000\scharacters/)).toBeVisible();
  await app.messageText.fill('Thank you: @link');
  await expect(app.page.getByText(/16 of 286\scharacters/)).toBeVisible();
});

test('a text typed before there is a business is kept for the first one', async () => {
  const installation = await anInstallation({ settings: { businesses: undefined } });
  const app = await installation.open();
  await app.messageLine.click();
  await app.messageText.pressSequentially('Merci ! @link');
  await expect(app.messageText).toHaveValue('Merci ! @link');
  await app.page.evaluate(
    (hotel) => window.deskbell.calls['settings.save']({ businesses: [hotel] }),
    { id: HOTEL.id, name: HOTEL.name },
  );
  await expect(app.page.getByText(HOTEL.name)).toBeVisible();
  await expect(app.messageText).toHaveValue('Merci ! @link');
  await app.phone.fill('0639980012');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.phone.press('Enter');
  await expect.poll(installation.sends).toMatchObject([{ invite_content: 'Merci ! @link' }]);
});
