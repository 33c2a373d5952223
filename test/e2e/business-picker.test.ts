import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { aSharedApp } from './open-installation.ts';

const BUSINESSES = [
  { id: HOTEL.id, name: HOTEL.name },
  ...Array.from({ length: 12 }, (_, at) => ({ id: `lyon-${at}`, name: `Résidence ${at}, Lyon` })),
  { id: 'paris', name: 'Hôtel de la Gare, Paris' },
];

// One customer for each test: a number is invited once.
describe('[row 220] the business picker shows the business that is sent', () => {
  const shared = aSharedApp({ settings: { businesses: BUSINESSES, undoSeconds: 0 } });

  test('[row 220] Tab takes the highlighted business and shows its whole name', async () => {
    const { installation, app } = shared();
    await expect(app.business).toHaveValue(HOTEL.name);
    await app.business.focus();
    await app.page.keyboard.type('paris');
    await app.page.keyboard.press('Tab');
    await expect(app.business).toHaveValue('Hôtel de la Gare, Paris');
    await app.phone.fill('0639980012');
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    await app.phone.press('Enter');
    await expect
      .poll(() => installation.sends())
      .toContainEqual(
        expect.objectContaining({ business_id: 'paris', target_phone: '+33639980012' }),
      );
  });

  test('[row 220] Tab takes the business that the arrow keys have reached', async () => {
    const { app } = shared();
    await app.business.focus();
    await app.page.keyboard.type('lyon');
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Tab');
    await expect(app.business).toHaveValue('Résidence 2, Lyon');
  });

  test.each([
    { how: 'emptied', text: '', phone: '0639980014' },
    { how: 'with an unknown name', text: 'nothing like this', phone: '0639980015' },
  ])('[row 220] $how and left, it sends nothing and asks', async ({ text, phone }) => {
    const { installation, app } = shared();
    await app.business.fill(text);
    await app.page.keyboard.press('Tab');
    await app.phone.fill(phone);
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    const before = installation.sends().length;
    await app.phone.press('Enter');
    await expect(app.business).toBeFocused();
    await expect(app.business).toHaveValue(text);
    await expect(app.business).toHaveAttribute('aria-invalid', 'true');
    await expect(app.page.getByText('Choose the business from the list.')).toBeVisible();
    await expect(app.phone).not.toHaveValue('');
    // Enter here can only choose.
    await app.page.keyboard.press('Enter');
    await app.send.click({ force: true });
    await expect(app.page.getByText('Choose the business from the list.')).toBeVisible();
    expect(installation.sends()).toHaveLength(before);

    await app.business.press('Escape');
    await expect(app.business).not.toHaveAttribute('aria-invalid', 'true');
    await expect(app.business).toHaveValue('Résidence 2, Lyon');
    await app.phone.press('Enter');
    await expect
      .poll(() => installation.sends().slice(before))
      .toEqual([expect.objectContaining({ business_id: 'lyon-2' })]);
  });

  test('[row 220] a click on Send that closes the list takes the highlighted business and sends nothing yet', async () => {
    const { installation, app } = shared();
    await app.phone.fill('0639980016');
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    const before = installation.sends().length;
    await app.business.fill('gare');
    await expect(app.page.getByRole('option')).toHaveCount(1);
    // An open list hides the rest of the page from assistive technology, so roles cannot find it.
    await app.page.locator('.send-button').click({ force: true });
    await expect(app.business).toHaveValue('Hôtel de la Gare, Paris');
    await expect(app.phone).toHaveValue('06 39 98 00 16');
    expect(installation.sends()).toHaveLength(before);
  });
});
