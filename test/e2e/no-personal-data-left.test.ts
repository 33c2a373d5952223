import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { filesHolding } from '../support/find-text-in-files.ts';
import type { Installation } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const DATABASE = /^deskbell\.db(-wal|-shm)?$/;

test('after a whole visit number and name are in the database only, and the key is nowhere (row 99)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await invite(app, '06 39 98 00 12', 'Canaria Dupont');
  await expect(app.result).toContainText(/accepted/i);
  await installation.vendor.refuseConnections();
  await invite(app, '06 39 98 00 13', 'Canaria Martin');
  await expect(app.connection).not.toBeEmpty();
  for (const tab of ['Outbox', 'History'] as const) {
    await app.tab(tab).click();
    await app.row('Canaria').getByText('Canaria').click();
    await expect(app.row('Canaria')).toContainText('06 39 98 00 1');
  }
  await app.tab('Settings').click();
  await app.button('Test connection').click();
  await expect(app.page.getByRole('main')).toContainText(/isn’t responding/i);
  // A kill leaves half-written data; quitting leaves the last writes.
  await app.kill();
  await expectOnlyInDatabase(installation);
  const again = await installation.open();
  await again.quit();
  await expectOnlyInDatabase(installation);
  for (const secret of [...CANARIES, installation.vendor.key]) {
    expect(app.output() + again.output()).not.toContain(secret);
  }
});

test('an erased customer is in no file any more, backups included (rows 8, 99)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await invite(app, '06 39 98 00 12', 'Canaria Dupont');
  await expect(app.result).toContainText(/accepted/i);
  await app.tab('Settings').click();
  await app.button('Back up now').click();
  await expect(app.page.getByText('Backup created.')).toBeVisible();
  const everywhere = async () =>
    (await Promise.all(CANARIES.map((text) => filesHolding(installation.dataFolder, text)))).flat();
  expect(await everywhere()).toContainEqual(expect.stringMatching(/^backups\/deskbell-.*\.db$/));

  const erased = await app.page.evaluate(async () => {
    const { calls } = window.deskbell;
    return calls['customer.erase']({ phone: '+33639980012', refusal: 'forgotten', pin: null });
  });
  expect(erased).toEqual({ ok: true, value: { invitations: 1, elsewhere: 'none' } });
  await expect.poll(everywhere).toEqual([]);
  await app.quit();
  expect(await everywhere()).toEqual([]);
});

/** Every form in which the customers of this test might be stored. */
const CANARIES = ['Canaria', '639980012', '639980013', '06 39 98 00', '6 39 98 00 1'];

async function expectOnlyInDatabase({ dataFolder, vendor }: Installation): Promise<void> {
  const found = await Promise.all(CANARIES.map((text) => filesHolding(dataFolder, text)));
  expect(found.flat()).toContainEqual(expect.stringMatching(DATABASE));
  expect(found.flat().filter((file) => !DATABASE.test(file))).toEqual([]);
  expect(await filesHolding(dataFolder, vendor.key)).toEqual([]);
}
