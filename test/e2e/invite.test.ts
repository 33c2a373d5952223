import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('ten digits and Enter make one request, exactly as Partoo documents it', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await expect(desk.phone).toBeFocused();
  await desk.page.evaluate(() => {
    document.addEventListener('keydown', () => {
      const { dataset } = document.documentElement;
      dataset['pressed'] = String(Number(dataset['pressed'] ?? 0) + 1);
    });
  });

  await desk.page.keyboard.type('0639980012');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await desk.page.keyboard.press('Enter');

  await expect(desk.result).toContainText(/accepted/i);
  await expect(desk.phone).toHaveValue('');
  await expect(desk.phone).toBeFocused();
  const pressed = await desk.page.evaluate(() => document.documentElement.dataset['pressed']);
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
  const desk = await installation.open();
  await expect(desk.phone).toBeFocused();
  // The database answers about a number only when the test releases it.
  await desk.runInMain(({ ipcMain }) => {
    ipcMain.removeHandler('verdict.check');
    ipcMain.handle('verdict.check', async () => {
      await new Promise((resolve) => {
        process.once('SIGUSR2', resolve);
      });
      return {
        ok: true,
        value: {
          ruling: { kind: 'do-not-contact', since: 1 },
          otherName: null,
          waitsUntil: null,
          waitsFor: null,
          knownSince: null,
          refusedAt: null,
        },
      };
    });
  });

  await desk.page.keyboard.type('063998001');
  await expect(async () => {
    await desk.verdict.evaluate((verdict) => {
      const noteFrame = (): void => {
        document.documentElement.dataset['frame'] = verdict.textContent;
      };
      const waitForFrame = () => requestAnimationFrame(noteFrame);
      document.addEventListener('keydown', waitForFrame, { once: true, capture: true });
    });
    await desk.page.keyboard.press('2');
    await desk.page.keyboard.press('Backspace');
    await expect(desk.page.locator('html')).toHaveAttribute(
      'data-frame',
      /no earlier invitation/i,
      {
        timeout: 1_000,
      },
    );
  }).toPass();
  await expect(desk.verdict).toBeEmpty();

  await desk.page.keyboard.press('2');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await expect(async () => {
    await desk.runInMain(() => process.emit('SIGUSR2'));
    await expect(desk.verdict).toContainText(/do-not-contact/i, { timeout: 1_000 });
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
  const desk = await installation.open();
  await expect(desk.phone).toBeFocused();
  await desk.runInMain(({ clipboard }) => clipboard.writeText('Marie Dupont 06 39 98 00 12\n'));
  await desk.page.keyboard.press('ControlOrMeta+V');
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(desk.customerName).toHaveValue('Marie Dupont');

  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await desk.page.keyboard.press('Enter');
  await expect(desk.result).toContainText('Marie Dupont');
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
  const desk = await installation.open();
  await expect(desk.phone).toBeFocused();
  const paste = async (text: string): Promise<void> => {
    await desk.runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
    await desk.phone.selectText();
    await desk.page.keyboard.press('ControlOrMeta+V');
  };
  const leftOut = desk.page.getByText('Some of the text was left out', { exact: false });
  await paste('rappeler 06 39 98 00 12 ou 06 39 98 00 13');
  await expect(desk.phone).toHaveValue('06 39 98 00 12');
  await expect(desk.customerName).toHaveValue('');
  await expect(leftOut).toBeVisible();

  await desk.button('Use 06 39 98 00 13').click();
  await expect(desk.phone).toHaveValue('06 39 98 00 13');
  await expect(desk.phone).toBeFocused();
  await expect(desk.button('Use 06 39 98 00 12')).toBeVisible();
  // [row 194] The message stays true after the choice.
  await expect(desk.page.getByText('You chose 06 39 98 00 13', { exact: false })).toBeVisible();
  await expect(desk.page.getByText('Check that this is the right one')).toBeHidden();

  // Also without a letter in it.
  await paste('06 39 98 00 14 / 06 39 98 00 15');
  await expect(desk.phone).toHaveValue('06 39 98 00 14');
  await expect(desk.button('Use 06 39 98 00 15')).toBeVisible();
  await expect(leftOut).toBeHidden();

  // A typed text that may be no name stays.
  await desk.phone.fill('rdv 0639980012');
  await expect(desk.phone).toHaveValue('rdv 0639980012');
  await expect(desk.button('Use 06 39 98 00 15')).toBeHidden();
  await desk.phone.press('Escape');
  expect(installation.sends()).toEqual([]);
});

test('[row 190] a second customer pasted over the first one does not get their name', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await expect(desk.phone).toBeFocused();
  const paste = async (text: string): Promise<void> => {
    await desk.runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
    await desk.phone.selectText();
    await desk.page.keyboard.press('ControlOrMeta+V');
  };
  await paste('Sophie Blanc 06 39 98 00 43');
  await expect(desk.customerName).toHaveValue('Sophie Blanc');
  await paste('Table 12 - 4 couverts - 20h30 - Dubois - 0639980044 - allergie noix');
  await expect(desk.phone).toHaveValue('06 39 98 00 44');
  await expect(desk.customerName).toHaveValue('');

  // The earlier content is kept, and so is its replacement.
  await desk.customerName.fill('Dubois');
  await desk.button('Restore').click();
  await expect(desk.customerName).toHaveValue('Sophie Blanc');
  await expect(desk.phone).toHaveValue('06 39 98 00 43');
  await desk.button('Restore').click();
  await expect(desk.customerName).toHaveValue('Dubois');

  // A number alone: a typed name stays, one that came with the earlier number is removed.
  await paste('06 39 98 00 45');
  await expect(desk.phone).toHaveValue('06 39 98 00 45');
  await expect(desk.customerName).toHaveValue('Dubois');
  await paste('Luc Moreau 06 39 98 00 46');
  await expect(desk.customerName).toHaveValue('Luc Moreau');
  await paste('06 39 98 00 47');
  await expect(desk.phone).toHaveValue('06 39 98 00 47');
  await expect(desk.customerName).toHaveValue('');
  await desk.phone.press('Escape');
  expect(installation.sends()).toEqual([]);
});

test('sends to a recently invited customer again only on purpose, once (rows 84, 87)', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await invite(desk, '06 39 98 00 12', 'Marie Dupont');
  await expect(desk.result).toContainText(/accepted/i);

  await desk.phone.pressSequentially('0033 6 39 98 00 12');
  await expect(desk.verdict).toContainText(/invited.*Marie Dupont/i);
  await expect(desk.send).toBeDisabled();
  await desk.phone.press('Enter');
  await expect(desk.sendAgain).toBeFocused();
  await desk.sendAgain.check();
  await desk.send.press('Enter');
  await expect(desk.reason).toBeFocused();
  expect(installation.sends()).toHaveLength(1);

  await desk.reason.selectOption({ index: 1 });
  await desk.send.click();
  // It removes the result of the first one.
  await expect(desk.phone).toHaveValue('');
  await expect(desk.result).toContainText(/accepted/i);
  expect(installation.sends()).toMatchObject([
    { target_phone: '+33639980012', force: 'False' },
    { target_phone: '+33639980012', force: 'True' },
  ]);

  await desk.phone.pressSequentially('0639980012');
  await expect(desk.sendAgain).not.toBeChecked();
  await expect(desk.send).toBeDisabled();
});

test('Undo and Ctrl+Z cancel an invitation before it is sent', async () => {
  const installation = await anInstallation({ settings: { undoSeconds: 10 } });
  const desk = await installation.open();
  const typed = async () => {
    await expect(desk.phone).toHaveValue('06 39 98 00 12');
    await expect(desk.customerName).toHaveValue('Marie Dupont');
  };
  await invite(desk, '0639980012', 'Marie Dupont');
  await desk.button('Undo').click();
  await typed();
  await desk.phone.press('Enter');
  await expect(desk.phone).toHaveValue('');
  await desk.page.keyboard.press('ControlOrMeta+Z');
  await typed();

  await desk.tab('History').click();
  await expect(desk.row('Cancelled')).toHaveCount(2);
  expect(installation.sends()).toEqual([]);
});

test('a held Enter or a double click makes one invitation (row 83)', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await desk.phone.pressSequentially('0639980012');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  for (const _ of [1, 2, 3]) await desk.page.keyboard.down('Enter');
  await desk.page.keyboard.up('Enter');
  await desk.page.keyboard.press('Enter');
  await expect(desk.phone).toHaveValue('');

  await desk.phone.pressSequentially('0639980013');
  await expect(desk.verdict).toContainText(/no earlier invitation/i);
  await desk.send.dblclick();
  await expect(desk.phone).toHaveValue('');
  // The next customer is undone the same way, whatever was sent before.
  await invite(desk, '0639980014', 'Jean Martin');
  await desk.tab('History').click();
  await expect(desk.row('Jean Martin')).toContainText('Accepted');
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
  const desk = await installation.open();
  await desk.phone.pressSequentially('0639980012');
  await expect(desk.verdict).toContainText(/will be sent.*10:00/i);
  await desk.phone.press('Enter');
  await expect(desk.result).toContainText(/10:00/);
  await desk.tab('Outbox').click();
  await expect(desk.row('Held')).toHaveCount(1);
  expect(installation.sends()).toEqual([]);
});
