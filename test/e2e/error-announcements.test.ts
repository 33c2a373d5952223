import { describe, test } from 'vitest';
import { listen } from '../support/screen-reader.ts';
import { expect } from '../support/expect.ts';
import { aSharedDesk } from './open-installation.ts';

const INCOMPLETE = 'This number is incomplete.';

describe('[row 224] announced errors', () => {
  const shared = aSharedDesk({ settings: { checkWithPartoo: false, requestsPerMinute: 300 } });

  test('[row 224] a validation error is read out for each attempt, and ends with its form', async () => {
    const { desk } = shared();
    const { page } = desk;
    const heard = await listen(page);
    const complaints = async (): Promise<readonly string[]> =>
      (await heard()).filter((text) => text === INCOMPLETE || text === 'Enter a phone number.');
    await desk.phone.pressSequentially('06399800');
    for (const times of [1, 2]) {
      await page.keyboard.press('Enter');
      await expect.poll(complaints).toEqual(Array.from({ length: times }, () => INCOMPLETE));
    }
    // Changes by the next keys are not announced: no attempt was made.
    await page.keyboard.press('Backspace');
    await desk.phone.fill('');
    await desk.phone.pressSequentially('0639980012');
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    await page.keyboard.press('Enter');
    await expect(desk.result).toContainText(/accepted/i);
    for (const phone of ['0639980013', '0639980014']) {
      await desk.phone.pressSequentially(phone);
      await expect(desk.verdict).toContainText(/no earlier invitation/i);
      await page.keyboard.press('Enter');
      await expect(desk.phone).toHaveValue('');
    }
    expect(await complaints()).toEqual([INCOMPLETE, INCOMPLETE]);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('[row 224] a wrong PIN is read out once, by the result', async () => {
    const { desk } = shared();
    const { page } = desk;
    await page.evaluate(async () => {
      await window.deskbell.calls['pin.save']({ current: null, next: '4711' });
      await window.deskbell.calls['settings.save']({ forceNeedsPin: true });
    });
    await desk.phone.fill('0639980012');
    await desk.sendAgain.check();
    await desk.reason.selectOption({ index: 1 });
    await page.getByRole('textbox', { name: 'Manager PIN' }).fill('1234');
    const heard = await listen(page);
    await page.keyboard.press('Enter');
    await expect(desk.result).toContainText('That’s not the right PIN.');
    await expect(page.getByRole('textbox', { name: 'Manager PIN' })).toBeFocused();
    expect((await heard()).filter((text) => /PIN/.test(text))).toEqual([
      expect.stringContaining('That’s not the right PIN.'),
    ]);
    await desk.phone.press('Escape');
    await page.evaluate(() => window.deskbell.calls['pin.remove']({ current: '4711' }));
  });
});
