import { describe, test } from 'vitest';
import { listen } from '../support/screen-reader.ts';
import { expect } from '../support/expect.ts';
import { aSharedApp } from './open-installation.ts';

const INCOMPLETE = 'This number is incomplete.';

describe('[row 224] announced errors', () => {
  const shared = aSharedApp({ settings: { checkWithPartoo: false, requestsPerMinute: 300 } });

  test('[row 224] a validation error is read out for each attempt, and ends with its form', async () => {
    const { app } = shared();
    const { page } = app;
    const heard = await listen(page);
    const complaints = async (): Promise<readonly string[]> =>
      (await heard()).filter((text) => text === INCOMPLETE || text === 'Enter a phone number.');
    await app.phone.pressSequentially('06399800');
    for (const times of [1, 2]) {
      await page.keyboard.press('Enter');
      await expect.poll(complaints).toEqual(Array.from({ length: times }, () => INCOMPLETE));
    }
    // Changes by the next keys are not announced: no attempt was made.
    await page.keyboard.press('Backspace');
    await app.phone.fill('');
    await app.phone.pressSequentially('0639980012');
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    await page.keyboard.press('Enter');
    await expect(app.result).toContainText(/accepted/i);
    for (const phone of ['0639980013', '0639980014']) {
      await app.phone.pressSequentially(phone);
      await expect(app.verdict).toContainText(/no earlier invitation/i);
      await page.keyboard.press('Enter');
      await expect(app.phone).toHaveValue('');
    }
    expect(await complaints()).toEqual([INCOMPLETE, INCOMPLETE]);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('[row 224] a wrong PIN is read out once, by the result', async () => {
    const { app } = shared();
    const { page } = app;
    await page.evaluate(async () => {
      await window.deskbell.calls['pin.save']({ current: null, next: '4711' });
      await window.deskbell.calls['settings.save']({ forceNeedsPin: true });
    });
    await app.phone.fill('0639980012');
    await app.sendAgain.check();
    await app.reason.selectOption({ index: 1 });
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill('1234');
    const heard = await listen(page);
    await page.keyboard.press('Enter');
    await expect(app.result).toContainText('That’s not the right PIN.');
    await expect(page.getByRole('textbox', { name: 'Manager PIN' })).toBeFocused();
    expect((await heard()).filter((text) => /PIN/.test(text))).toEqual([
      expect.stringContaining('That’s not the right PIN.'),
    ]);
    await app.phone.press('Escape');
    await page.evaluate(() => window.deskbell.calls['pin.remove']({ current: '4711' }));
  });
});
