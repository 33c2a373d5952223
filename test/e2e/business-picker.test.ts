import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { aSharedDesk } from './open-installation.ts';

const BUSINESSES = [
  { id: HOTEL.id, name: HOTEL.name },
  ...Array.from({ length: 12 }, (_, at) => ({ id: `lyon-${at}`, name: `Résidence ${at}, Lyon` })),
  { id: 'paris', name: 'Hôtel de la Gare, Paris' },
];

// One customer for each test: a number is invited once.
describe('[row 220] the business picker shows the business that is sent', () => {
  const shared = aSharedDesk({ settings: { businesses: BUSINESSES, undoSeconds: 0 } });

  test('[row 220] Tab takes the highlighted business and shows its whole name', async () => {
    const { installation, desk } = shared();
    await expect(desk.business).toHaveValue(HOTEL.name);
    await desk.business.focus();
    await desk.page.keyboard.type('paris');
    await desk.page.keyboard.press('Tab');
    await expect(desk.business).toHaveValue('Hôtel de la Gare, Paris');
    await desk.phone.fill('0639980012');
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    await desk.phone.press('Enter');
    await expect
      .poll(() => installation.sends())
      .toContainEqual(
        expect.objectContaining({ business_id: 'paris', target_phone: '+33639980012' }),
      );
  });

  test('[row 220] Tab takes the business that the arrow keys have reached', async () => {
    const { desk } = shared();
    await desk.business.focus();
    await desk.page.keyboard.type('lyon');
    await desk.page.keyboard.press('ArrowDown');
    await desk.page.keyboard.press('ArrowDown');
    await desk.page.keyboard.press('Tab');
    await expect(desk.business).toHaveValue('Résidence 2, Lyon');
  });

  test.each([
    { how: 'emptied', text: '', phone: '0639980014' },
    { how: 'with a name that nobody has', text: 'nothing like this', phone: '0639980015' },
  ])('[row 220] $how and left, it sends nothing and asks', async ({ text, phone }) => {
    const { installation, desk } = shared();
    await desk.business.fill(text);
    await desk.page.keyboard.press('Tab');
    await desk.phone.fill(phone);
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    const before = installation.sends().length;
    await desk.phone.press('Enter');
    await expect(desk.business).toBeFocused();
    await expect(desk.business).toHaveValue(text);
    await expect(desk.business).toHaveAttribute('aria-invalid', 'true');
    await expect(desk.page.getByText('Choose the business from the list.')).toBeVisible();
    await expect(desk.phone).not.toHaveValue('');
    // Enter here can only choose.
    await desk.page.keyboard.press('Enter');
    await desk.send.click({ force: true });
    await expect(desk.page.getByText('Choose the business from the list.')).toBeVisible();
    expect(installation.sends()).toHaveLength(before);

    await desk.business.press('Escape');
    await expect(desk.business).not.toHaveAttribute('aria-invalid', 'true');
    await expect(desk.business).toHaveValue('Résidence 2, Lyon');
    await desk.phone.press('Enter');
    await expect
      .poll(() => installation.sends().slice(before))
      .toEqual([expect.objectContaining({ business_id: 'lyon-2' })]);
  });

  test('[row 220] a click on Send that closes the list takes the highlighted business and sends nothing yet', async () => {
    const { installation, desk } = shared();
    await desk.phone.fill('0639980016');
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    const before = installation.sends().length;
    await desk.business.fill('gare');
    await expect(desk.page.getByRole('option')).toHaveCount(1);
    // An open list hides the rest of the page from assistive technology, so roles cannot find it.
    await desk.page.locator('.send-button').click({ force: true });
    await expect(desk.business).toHaveValue('Hôtel de la Gare, Paris');
    await expect(desk.phone).toHaveValue('06 39 98 00 16');
    expect(installation.sends()).toHaveLength(before);
  });
});
