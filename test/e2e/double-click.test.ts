import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { aSharedApp } from './open-installation.ts';

/** Both the result beside the form and the outbox show it. */
const cancelled = ({ page }: RunningApp, who: string) =>
  page.getByText(`Cancelled: no SMS will be sent to ${who}.`).filter({ visible: true }).first();

// One customer for each test: a number is invited once.
describe('[row 243] a double click is one press', () => {
  const shared = aSharedApp({ settings: { undoSeconds: 60 } });
  beforeEach(() => shared().app.tab('Invite').click());

  test('[row 243] Cancel in the outbox stays cancelled and says so', async () => {
    const { app } = shared();
    await invite(app, '0639980012', 'Marie Dupont');
    await app.tab('Outbox').click();
    const row = app.row('Marie Dupont');
    await row.getByRole('button', { name: 'Cancel', exact: true }).dblclick();
    await expect(row).toHaveCount(0);
    await expect(cancelled(app, 'Marie Dupont')).toBeVisible();
    await expect(app.page.getByText(/Too late/)).toHaveCount(0);
  });

  test('[row 243] presses during the first one count as one', async () => {
    const { app } = shared();
    await invite(app, '0639980013', 'Jean Martin');
    await app.tab('Outbox').click();
    const row = app.row('Jean Martin');
    // Key presses have no click count, and the row does not change between these two.
    await row.getByRole('button', { name: 'Cancel', exact: true }).evaluate((button) => {
      if (!(button instanceof HTMLButtonElement)) throw new Error('Cancel is a button');
      button.click();
      button.click();
    });
    await expect(row).toHaveCount(0);
    await expect(cancelled(app, 'Jean Martin')).toBeVisible();
    await expect(app.page.getByText(/Too late/)).toHaveCount(0);
  });

  test('[row 243] Edit in the outbox leaves the cursor in the phone field without a selection', async () => {
    const { app } = shared();
    await invite(app, '0639980014', 'Léa Petit');
    await app.tab('Outbox').click();
    await app.row('Léa Petit').getByRole('button', { name: 'Edit', exact: true }).dblclick();
    await expect(app.phone).toHaveValue('06 39 98 00 14');
    await expect(app.phone).toBeFocused();
    expect(await app.page.evaluate(() => getSelection()?.type)).not.toBe('Range');
    await app.page.keyboard.press('Escape');
    await expect(app.phone).toHaveValue('');
  });

  test('[row 243] the do-not-contact list says how many were added and imported', async () => {
    const { app, installation } = shared();
    const file = join(installation.dataFolder, 'list.csv');
    await writeFile(file, 'Mobile\n0639980022\n0639980023\n');
    await app.runInMain(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, file);
    await app.tab('Settings').click();
    await app.page.getByLabel('Number to add').fill('0639980021');
    await app.button('Add to the list').dblclick();
    await expect(app.page.getByText('Number added to the list.')).toBeVisible();
    await expect(app.button('Show the list (1)')).toBeVisible();

    await app.button('Import from a file…').dblclick();
    await app.button('Import 2 numbers').dblclick();
    await expect(app.button('Show the list (3)')).toBeVisible();
    await expect(app.page.getByText('2 numbers imported.')).toBeVisible();

    // A held Enter is one press too: a second one would hide the list again.
    await app.button('Show the list (3)').focus();
    for (const _ of [1, 2]) await app.page.keyboard.down('Enter');
    await app.page.keyboard.up('Enter');
    await expect(app.button('Hide the list')).toBeVisible();
  });
});
