import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { FORM_SCENES } from '../screenshots/form-scenes.ts';
import { openStage } from '../screenshots/stage.ts';
import { aSharedApp } from './open-installation.ts';

const shared = aSharedApp();

async function enter(name: string) {
  const { app } = shared();
  const stage = await openStage(app);
  const scene = FORM_SCENES.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  await stage.enter(scene, 'en');
  return app;
}

test('[row 212] one colleague has one key, and an SMS of this minute was sent just now', async () => {
  const { page, verdict } = await enter('form-one-colleague');
  await expect(page.locator('.label-line').filter({ hasText: 'Sent by' })).toHaveText(
    /^Sent by(?:Alt\+|⌥)1$/,
  );
  await expect(verdict).toContainText('Invited just now');
});

test('[row 212] practice says where the sending hours are set that it ignores', async () => {
  const { page } = await enter('settings-hours-practice');
  await expect(page.getByText('These hours don’t apply in practice mode')).toBeVisible();
});

test('[row 213] a file without a number is reported as such', async () => {
  const { page } = await enter('settings-import-empty');
  const report = page.getByRole('group', { name: 'File contents' });
  await expect(report).toContainText('No phone number was found in this file.');
  await expect(report).not.toContainText('already');
});

test('[row 213] landlines in a file are left out with a correct message, and can be included', async () => {
  const app = await enter('settings-import-landlines');
  await expect(
    app.page.getByText('2 landlines were left out because most can’t receive SMS.', {
      exact: false,
    }),
  ).toBeVisible();
  await app.button('Choose other columns…').click();
  await expect(app.page.getByRole('checkbox', { name: /Tel/ })).toBeVisible();
});

test('[row 213] the do-not-contact list shows one message at a time', async () => {
  const { page } = await enter('settings-list-two-things');
  await expect(page.getByText('Enter a complete phone number first.')).toBeVisible();
  await expect(page.getByText('exported to list.csv', { exact: false })).toBeHidden();
});

test('[row 213] history search finds a customer who is only in the outbox', async () => {
  const app = await enter('history-in-outbox');
  await expect(app.page.getByText('1 matching invitation is still in the outbox')).toBeVisible();
  await app.button('Go to the outbox').click();
  await expect(app.tab('Outbox')).toHaveAttribute('aria-selected', 'true');
  await expect(app.row('Zoltan Kiss')).toBeVisible();
});
