import { test } from 'vitest';
import { CALLS } from '../../shared/ipc/bridge.ts';
import { expect } from '../support/expect.ts';
import { filesHolding } from '../support/find-text-in-files.ts';
import { answerBoxes } from '../support/system-dialogs.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('a key typed in Settings ends practice, works, and is never shown again (row 92)', async () => {
  const installation = await anInstallation({ key: 'absent' });
  const { vendor } = installation;
  const app = await installation.open();
  await app.tab('Settings').click();
  await app.apiKey.fill(vendor.key);
  await app.button('Save key').click();
  await expect(app.practiceBanner).toBeHidden();
  await expect(app.apiKey).toHaveValue('');
  await app.button('Test connection').click();
  await expect(app.page.getByRole('main')).toContainText('Practice Desk');

  await expect(app.page.locator(':root')).not.toContainText(vendor.key);
  const shown = await app.page.evaluate(() => [
    document.documentElement.outerHTML,
    ...Array.from(document.querySelectorAll('input'), ({ value }) => value),
  ]);
  expect(shown.join('\n')).not.toContain(vendor.key);
  const told = await app.page.evaluate(
    (calls) => Promise.all(calls.map((call) => window.deskbell.calls[call]({}))),
    CALLS.filter((call) => call !== 'apiKey.remove' && call !== 'app.retryStart'),
  );
  expect(JSON.stringify(told)).toContain('"key":"stored"');
  expect(JSON.stringify(told)).not.toContain(vendor.key);

  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
  expect(vendor.sms()).toHaveLength(1);
  await app.quit();
  expect(await filesHolding(installation.dataFolder, vendor.key)).toEqual([]);
});

test('a key that Partoo does not know is refused with a message, and nothing is sent until it is replaced (row 37)', async () => {
  const installation = await anInstallation({ key: 'absent' });
  const app = await installation.open();
  await app.tab('Settings').click();
  await app.apiKey.fill('a-key-of-somebody-else');
  await app.button('Save key').click();
  await app.button('Test connection').click();
  await expect(app.page.getByRole('main')).toContainText(/didn’t accept this key/i);
  await expect(app.connection).toContainText(/didn’t accept the API key/i);
  await invite(app, '0639980012', 'Marie Dupont');
  await app.tab('Outbox').click();
  await expect(app.row('Marie Dupont')).toContainText('Waiting');
  expect(installation.sends()).toEqual([]);

  await app.tab('Settings').click();
  const asked = await answerBoxes(app, [0, 1]);
  await app.apiKey.fill(installation.vendor.key);
  await app.button('Save key').click();
  await expect(app.page.getByText('Nothing was changed.')).toBeVisible();
  // Without typing, a second press within 600 ms counts as a slip of the first one.
  await app.apiKey.fill('another key');
  await app.apiKey.fill(installation.vendor.key);
  await app.button('Save key').click();
  await expect(app.connection).toBeEmpty();
  expect((await asked())[0]).toMatchObject({
    message: expect.stringMatching(/^Use another key for 127\.0\.0\.1:\d+\?$/),
    buttons: ['Keep current key', 'Use the other key'],
  });
  await expect.poll(() => installation.vendor.sms()).toHaveLength(1);
});

test('--set-api-key reads a key from standard input, never prints it, and refuses an invalid one (row 67)', async () => {
  const installation = await anInstallation({ key: 'absent' });
  const { vendor } = installation;
  const refused = await installation.run({ switches: ['--set-api-key'] }, 'two words\n');
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/no key was stored/i);
  expect(refused.output).not.toContain('two words');

  const stored = await installation.run({ switches: ['--set-api-key'] }, `${vendor.key}\n`);
  expect(stored.code).toBe(0);
  expect(stored.output).toContain(vendor.apiUrl.host);
  expect(stored.output).not.toContain(vendor.key);
  const app = await installation.open();
  await app.tab('Settings').click();
  await app.button('Test connection').click();
  await expect(app.page.getByRole('main')).toContainText('Practice Desk');
  await expect(app.practiceBanner).toBeHidden();
});
