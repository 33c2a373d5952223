import type { Locator } from 'playwright';
import { beforeEach, describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { aSharedApp } from './open-installation.ts';

const BUSINESSES = [
  { id: HOTEL.id, name: HOTEL.name },
  ...['Gare', 'Port', 'Parc', 'Lac'].map((name) => ({ id: name, name: `Hôtel du ${name}` })),
];
const STAFF = ['Léa', 'Marc', 'Nora', 'Paul'];

describe('[row 223] removing an entry from a list in Settings', () => {
  // The lists are the desk's own: values from IT cannot be changed.
  const shared = aSharedApp({ settings: { businesses: undefined } });

  const stored = (): Promise<unknown> =>
    shared().app.page.evaluate(async () => {
      const read = await window.deskbell.calls['settings.read']({});
      return read;
    });
  const expectStored = (names: readonly string[], staff: readonly string[]): Promise<void> =>
    expect.poll(stored).toMatchObject({
      value: { settings: { businesses: names.map((name) => ({ name })), staff } },
    });
  const names = BUSINESSES.map(({ name }) => name);

  /** A double click whose second half comes after the first one took effect. */
  const doubleClick = async (button: Locator): Promise<void> => {
    const { page } = shared().app;
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    if (box === null) throw new Error('the button is not on the screen');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down({ clickCount: 1 });
    await page.mouse.up({ clickCount: 1 });
    await expect(button).toHaveCount(0);
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
  };

  beforeEach(async () => {
    const { app } = shared();
    await app.tab('Invite').click();
    await app.page.evaluate((lists) => window.deskbell.calls['settings.save'](lists), {
      businesses: BUSINESSES,
      staff: STAFF,
    });
    await app.tab('Settings').click();
    await expect(app.button('Remove Hôtel du Port')).toBeVisible();
  });

  test('[row 223] removes one entry, however often one clicks, and Undo returns it to its place', async () => {
    const { app } = shared();
    await doubleClick(app.button('Remove Hôtel du Port'));
    await expectStored([HOTEL.name, 'Hôtel du Gare', 'Hôtel du Parc', 'Hôtel du Lac'], STAFF);
    await doubleClick(app.button('Remove Marc from the list'));
    await expectStored(
      [HOTEL.name, 'Hôtel du Gare', 'Hôtel du Parc', 'Hôtel du Lac'],
      ['Léa', 'Nora', 'Paul'],
    );
    await app.button('Undo: Hôtel du Port').click();
    await app.button('Undo: Marc').click();
    await expectStored(names, STAFF);
    await expect(app.button('Remove Hôtel du Port')).toBeVisible();
  });

  test('[row 223] stays removed during another removal, and each has its own Undo', async () => {
    const { app } = shared();
    await app.page.evaluate(() => {
      const press = (label: string): void =>
        document.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`)?.click();
      press('Remove Hôtel du Port');
      press('Remove Hôtel du Parc');
      press('Remove Léa from the list');
      press('Remove Paul from the list');
    });
    await expectStored([HOTEL.name, 'Hôtel du Gare', 'Hôtel du Lac'], ['Marc', 'Nora']);
    await app.button('Undo: Hôtel du Parc').click();
    await expectStored(
      [HOTEL.name, 'Hôtel du Gare', 'Hôtel du Parc', 'Hôtel du Lac'],
      ['Marc', 'Nora'],
    );
    await app.button('Undo: Hôtel du Port').click();
    await app.button('Undo: Paul').click();
    await app.button('Undo: Léa').click();
    await expectStored(names, STAFF);
    await expect(app.page.getByRole('button', { name: /^Undo: / })).toHaveCount(0);
  });

  test('[row 223] asks first when invitations of the business wait', async () => {
    const { installation, app } = shared();
    await installation.vendor.refuseConnections();
    await invite(app, '0639980012', 'Marie Dupont');
    await app.tab('Settings').click();
    await app.button(`Remove ${HOTEL.name}`).click();
    await expect(
      app.page.getByText(`1 invitation for ${HOTEL.name} is in the outbox`),
    ).toBeVisible();
    await expectStored(names, STAFF);
    await app.button('Keep business').click();
    await expect(app.button(`Remove ${HOTEL.name}`)).toBeFocused();
    await app.button(`Remove ${HOTEL.name}`).click();
    await app.button('Remove anyway').click();
    await expectStored(names.slice(1), STAFF);
    await app.button(`Undo: ${HOTEL.name}`).click();
    await expectStored(names, STAFF);
    await installation.vendor.acceptConnections();
  });
});
