import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('ten digits and Enter make one request, exactly as Partoo documents it', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await expect(app.phone).toBeFocused();
  await app.page.evaluate(() => {
    document.addEventListener('keydown', () => {
      const { dataset } = document.documentElement;
      dataset['pressed'] = String(Number(dataset['pressed'] ?? 0) + 1);
    });
  });

  await app.page.keyboard.type('0639980012');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.page.keyboard.press('Enter');

  await expect(app.result).toContainText(/accepted/i);
  await expect(app.phone).toHaveValue('');
  await expect(app.phone).toBeFocused();
  const pressed = await app.page.evaluate(() => document.documentElement.dataset['pressed']);
  expect(pressed).toBe('11');
  const requests = installation.vendor.received().filter(({ method }) => method === 'POST');
  expect(requests).toEqual([
    expect.objectContaining({
      path: '/v2/review_booster/send_invitation',
      body: { business_id: HOTEL.id, target_phone: '+33639980012', force: 'False' },
    }),
  ]);
  // The simulator shows a key only as dots, and sends an SMS only for the right one.
  expect(requests[0]?.headers).toMatchObject({
    'x-apikey': '•••',
    'content-type': expect.stringMatching(/^application\/json/),
  });
  expect(installation.vendor.sms()).toHaveLength(1);
});

test('the verdict comes with the last digit, and a later database answer replaces it', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await expect(app.phone).toBeFocused();
  // The database answers about a number only when the test releases it.
  await app.runInMain(({ ipcMain }) => {
    ipcMain.removeHandler('verdict.check');
    ipcMain.handle('verdict.check', async () => {
      await new Promise((resolve) => {
        process.once('SIGUSR2', resolve);
      });
      return {
        ok: true,
        value: {
          ruling: { kind: 'do-not-contact', since: 1, place: null },
          otherName: null,
          waitsUntil: null,
          waitsFor: null,
          knownSince: null,
          refusedAt: null,
          waitsElsewhere: null,
        },
      };
    });
  });

  await app.page.keyboard.type('063998001');
  await expect(async () => {
    await app.verdict.evaluate((verdict) => {
      const noteFrame = (): void => {
        document.documentElement.dataset['frame'] = verdict.textContent;
      };
      const waitForFrame = () => requestAnimationFrame(noteFrame);
      document.addEventListener('keydown', waitForFrame, { once: true, capture: true });
    });
    await app.page.keyboard.press('2');
    await app.page.keyboard.press('Backspace');
    await expect(app.page.locator('html')).toHaveAttribute('data-frame', /no earlier invitation/i, {
      timeout: 1_000,
    });
  }).toPass();
  await expect(app.verdict).toBeEmpty();

  await app.page.keyboard.press('2');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await expect(async () => {
    await app.runInMain(() => process.emit('SIGUSR2'));
    await expect(app.verdict).toContainText(/do-not-contact/i, { timeout: 1_000 });
  }).toPass();
});

test('digits typed while the page loads stay in their order', async () => {
  const installation = await anInstallation();
  const { page, phone } = await installation.open();
  const slow = await page.context().newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  for (let start = 0; start < 5; start += 1) {
    await page.reload({ waitUntil: 'commit' });
    await expect(page.locator('input:focus')).toHaveCount(1);
    await page.keyboard.type('0639980012', { delay: start * 12 });
    await expect(phone).toHaveValue('06 39 98 00 12');
    // A reloaded page restores its form, and this one must begin empty.
    await phone.press('Escape');
    await expect
      .poll(() => page.evaluate("deskbell.calls['formDraft.load']({})"))
      .toEqual({
        ok: true,
        value: { form: null },
      });
  }
});

test('a pasted name and number fill both fields, and a pasted line end sends nothing (row 86)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await expect(app.phone).toBeFocused();
  await app.runInMain(({ clipboard }) => clipboard.writeText('Marie Dupont 06 39 98 00 12\n'));
  await app.page.keyboard.press('ControlOrMeta+V');
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.customerName).toHaveValue('Marie Dupont');

  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.page.keyboard.press('Enter');
  await expect(app.result).toContainText('Marie Dupont');
  await expect.poll(() => installation.vendor.sms()).toHaveLength(1);
  expect(installation.sends()).toEqual([
    {
      business_id: HOTEL.id,
      target_phone: '+33639980012',
      target_name: 'Marie Dupont',
      force: 'False',
    },
  ]);
});

test('[row 157] [row 194] text that may be no name is reported as left out, and another number is one click away', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await expect(app.phone).toBeFocused();
  const paste = async (text: string): Promise<void> => {
    await app.runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
    await app.phone.selectText();
    await app.page.keyboard.press('ControlOrMeta+V');
  };
  const leftOut = app.page.getByText('Some of the text was left out', { exact: false });
  await paste('rappeler 06 39 98 00 12 ou 06 39 98 00 13');
  await expect(app.phone).toHaveValue('06 39 98 00 12');
  await expect(app.customerName).toHaveValue('');
  await expect(leftOut).toBeVisible();

  await app.button('Use 06 39 98 00 13').click();
  await expect(app.phone).toHaveValue('06 39 98 00 13');
  await expect(app.phone).toBeFocused();
  await expect(app.button('Use 06 39 98 00 12')).toBeVisible();
  // [row 194] The message stays true after the choice.
  await expect(app.page.getByText('You chose 06 39 98 00 13', { exact: false })).toBeVisible();
  await expect(app.page.getByText('Check that this is the right one')).toBeHidden();

  // Also without a letter in it.
  await paste('06 39 98 00 14 / 06 39 98 00 15');
  await expect(app.phone).toHaveValue('06 39 98 00 14');
  await expect(app.button('Use 06 39 98 00 15')).toBeVisible();
  await expect(leftOut).toBeHidden();

  // A typed text that may be no name stays.
  await app.phone.fill('rdv 0639980012');
  await expect(app.phone).toHaveValue('rdv 0639980012');
  await expect(app.button('Use 06 39 98 00 15')).toBeHidden();
  await app.phone.press('Escape');
  expect(installation.sends()).toEqual([]);
});

test('[row 190] a second customer pasted over the first one does not get their name', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await expect(app.phone).toBeFocused();
  const paste = async (text: string): Promise<void> => {
    await app.runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
    await app.phone.selectText();
    await app.page.keyboard.press('ControlOrMeta+V');
  };
  await paste('Sophie Blanc 06 39 98 00 43');
  await expect(app.customerName).toHaveValue('Sophie Blanc');
  await paste('Table 12 - 4 couverts - 20h30 - Dubois - 0639980044 - allergie noix');
  await expect(app.phone).toHaveValue('06 39 98 00 44');
  await expect(app.customerName).toHaveValue('');

  // The earlier content is kept, and so is its replacement.
  await app.customerName.fill('Dubois');
  await app.button('Restore').click();
  await expect(app.customerName).toHaveValue('Sophie Blanc');
  await expect(app.phone).toHaveValue('06 39 98 00 43');
  await app.button('Restore').click();
  await expect(app.customerName).toHaveValue('Dubois');

  // A number alone: a typed name stays, one that came with the earlier number is removed.
  await paste('06 39 98 00 45');
  await expect(app.phone).toHaveValue('06 39 98 00 45');
  await expect(app.customerName).toHaveValue('Dubois');
  await paste('Luc Moreau 06 39 98 00 46');
  await expect(app.customerName).toHaveValue('Luc Moreau');
  await paste('06 39 98 00 47');
  await expect(app.phone).toHaveValue('06 39 98 00 47');
  await expect(app.customerName).toHaveValue('');
  await app.phone.press('Escape');
  expect(installation.sends()).toEqual([]);
});

test('sends to a recently invited customer again only on purpose, once (rows 84, 87)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await invite(app, '06 39 98 00 12', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);

  await app.phone.pressSequentially('0033 6 39 98 00 12');
  await expect(app.verdict).toContainText(/invited.*Marie Dupont/i);
  await expect(app.send).toBeDisabled();
  await app.phone.press('Enter');
  await expect(app.phone).toBeFocused();
  await app.sendAgain.check();
  await app.send.press('Enter');
  await expect(app.reason).toBeFocused();
  expect(installation.sends()).toHaveLength(1);

  await app.reason.selectOption({ index: 1 });
  await app.send.click();
  // It removes the result of the first one.
  await expect(app.phone).toHaveValue('');
  await expect(app.result).toContainText(/accepted/i);
  expect(installation.sends()).toMatchObject([
    { target_phone: '+33639980012', force: 'False' },
    { target_phone: '+33639980012', force: 'True' },
  ]);

  await app.phone.pressSequentially('0639980012');
  await expect(app.sendAgain).not.toBeChecked();
  await expect(app.send).toBeDisabled();
});

test('Undo and Ctrl+Z cancel an invitation before it is sent', async () => {
  const installation = await anInstallation({ settings: { undoSeconds: 10 } });
  const app = await installation.open();
  const typed = async () => {
    await expect(app.phone).toHaveValue('06 39 98 00 12');
    await expect(app.customerName).toHaveValue('Marie Dupont');
  };
  await invite(app, '0639980012', 'Marie Dupont');
  await app.button('Undo').click();
  await typed();
  await app.phone.press('Enter');
  await expect(app.phone).toHaveValue('');
  await app.page.keyboard.press('ControlOrMeta+Z');
  await typed();

  await app.tab('History').click();
  await expect(app.row('Cancelled')).toHaveCount(2);
  expect(installation.sends()).toEqual([]);
});

test('a held Enter or a double click makes one invitation (row 83)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.phone.pressSequentially('0639980012');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  for (const _ of [1, 2, 3]) await app.page.keyboard.down('Enter');
  await app.page.keyboard.up('Enter');
  await app.page.keyboard.press('Enter');
  await expect(app.phone).toHaveValue('');

  await app.phone.pressSequentially('0639980013');
  await expect(app.verdict).toContainText(/no earlier invitation/i);
  await app.send.dblclick();
  await expect(app.phone).toHaveValue('');
  // The next customer is undone the same way, whatever was sent before.
  await invite(app, '0639980014', 'Jean Martin');
  await app.tab('History').click();
  await expect(app.row('Jean Martin')).toContainText('Accepted');
  expect(installation.sends()).toMatchObject([
    { target_phone: '+33639980012' },
    { target_phone: '+33639980013' },
    { target_phone: '+33639980014' },
  ]);
});

test('outside the sending hours the form shows the send time and the invitation is held', async () => {
  const dayAfterTomorrow = ((new Date().getDay() + 1) % 7) + 1;
  const sendingHours = [{ days: [dayAfterTomorrow], from: '10:00', to: '11:00' }];
  const installation = await anInstallation({ settings: { sendingHours } });
  const app = await installation.open();
  await app.phone.pressSequentially('0639980012');
  await expect(app.verdict).toContainText(/will be sent.*10:00/i);
  await app.phone.press('Enter');
  await expect(app.result).toContainText(/10:00/);
  await app.tab('Outbox').click();
  await expect(app.row('Held')).toHaveCount(1);
  expect(installation.sends()).toEqual([]);
});
