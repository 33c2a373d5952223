import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { answerBoxes } from '../support/system-dialogs.ts';
import { expect } from '../support/expect.ts';
import { anInstallation } from './open-installation.ts';

const PIN = '4711';

test('a manager locks Settings, colleagues can only read them, and IT removes a forgotten PIN', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const { page } = app;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await app.tab('Settings').click();
  await field('New PIN').fill(PIN);
  await field('Repeat new PIN').fill(PIN);
  await app.button('Set PIN').click();
  await expect(page.getByRole('main')).toContainText('PIN set');

  await app.tab('Invite').click();
  await app.tab('Settings').click();
  await expect(app.button('Save key')).toBeDisabled();
  const told = await page.evaluate(() =>
    window.deskbell.calls['settings.save']({ houseWindowDays: 90 }),
  );
  expect(told).toEqual({ ok: false, failure: { kind: 'pin-needed', isSet: true } });
  await field('Manager PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(app.button('Save key')).toBeEnabled();

  const running = await installation.run({ switches: ['--reset-pin'] });
  expect(running).toMatchObject({
    code: 1,
    output: expect.stringContaining('Quit Deskbell first'),
  });
  await app.quit();
  const reset = await installation.run({ switches: ['--reset-pin'] });
  expect(reset).toMatchObject({ code: 0, output: expect.stringContaining('PIN removed') });
  const again = await installation.open();
  await again.tab('Settings').click();
  await expect(again.button('Save key')).toBeEnabled();
});

test('a list is imported after its report was seen, through a system dialog (row 85)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const file = join(installation.dataFolder, 'list.csv');
  await writeFile(file, 'Mobile;Name\n0639980012;Marie\nnobody;Jean\n');
  await app.runInMain(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await app.tab('Settings').click();
  await app.button('Import from a file…').click();
  const main = app.page.getByRole('main');
  await expect(main).toContainText('Line 3');
  await app.button('Import 1 number').click();
  await expect(main).toContainText('1 number imported');
  await app.tab('Invite').click();
  await app.phone.fill('0639980012');
  await expect(app.verdict).toContainText(/do-not-contact list/i);
});

test('the first start leads step by step to the form, which works at each step', async () => {
  const installation = await anInstallation({ key: 'absent' });
  await installation.configure(JSON.stringify({ apiUrl: installation.vendor.apiUrl.href }));
  const app = await installation.open();
  const { page } = app;
  const step = (nth: number) => page.getByText(`Step ${nth} of 3`);
  await expect(step(1)).toBeVisible();
  await expect(app.phone).toBeFocused();
  await app.apiKey.fill(installation.vendor.key);
  await app.button('Save key').click();
  await expect(step(2)).toBeVisible();
  await app.quit();

  const again = await installation.open();
  await expect(again.page.getByText('Step 2 of 3')).toBeVisible();
  await again.button('Search').click();
  await again.button('Add Hotel Practice').click();
  await again.button('Next').click();
  await again.button('Start inviting').click();
  await expect(again.phone).toBeFocused();
  await expect(again.page.getByText(/Step \d of 3/)).toHaveCount(0);
});

test('another server address is used only when a person confirms its host in a system dialog (row 117)', async () => {
  const installation = await anInstallation({ key: 'absent' });
  await installation.configure('{}');
  const app = await installation.open();
  const asked = await answerBoxes(app, [0, 1]);
  const { page } = app;
  await app.tab('Settings').click();
  const address = page.getByRole('textbox', { name: 'Partoo address', exact: true });
  await address.fill('https://elsewhere.example/v2');
  await app.button('Save address').click();
  await expect(page.getByText('Nothing was changed.')).toBeVisible();
  await app.button('Save address').click();
  await expect(app.button('Save address')).toBeHidden();
  await expect(address).toHaveValue('https://elsewhere.example/v2');
  const question = { message: 'Send invitations to elsewhere.example from now on?' };
  expect(await asked()).toMatchObject([question, question]);
});
