import type { Locator } from 'playwright';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { listen } from '../support/screen-reader.ts';
import { expect } from '../support/expect.ts';
import { invite } from '../support/user-actions.ts';
import { aSharedDesk } from './open-installation.ts';

const SEND = '/review_booster/send_invitation';
const NAMES = ['Marie Dupont', 'Jean Martin', 'Léa Petit', 'Paul Bernard', 'Zoé Moreau'];

/** Whether nothing covers the field, at its middle and at its corners. */
const isUncovered = (field: Locator): Promise<boolean> =>
  field.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const points = [
      [(left + right) / 2, (top + bottom) / 2],
      [left + 8, top + 8],
      [right - 8, bottom - 8],
    ] as const;
    return points.every(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there !== null && (there === element || element.contains(there));
    });
  });

describe('[row 222] earlier problems', () => {
  const shared = aSharedDesk({ settings: { checkWithPartoo: false, requestsPerMinute: 300 } });
  let next = 12;

  /** Invites the given number of customers whom Partoo refuses; resolves when the last refusal is known. */
  const refuse = async (count: number): Promise<void> => {
    const { installation, desk } = shared();
    installation.vendor.fault({ kind: 'status', status: 400, times: count, path: SEND });
    for (const name of NAMES.slice(0, count)) {
      await invite(desk, `06399800${next}`, name);
      next += 1;
      await expect(desk.result).toContainText(`refused the invitation to ${name}`);
    }
  };
  beforeEach(() => shared().desk.tab('Invite').click());
  afterEach(async () => {
    const { desk } = shared();
    await desk.page.setViewportSize({ width: 1120, height: 780 });
    await desk.tab('Outbox').click();
    await desk.tab('History').click();
    await desk.tab('Invite').click();
    await desk.phone.press('Escape');
  });

  test('[row 222] take one line that covers no focused field, also in a low window', async () => {
    const { desk } = shared();
    const { page } = desk;
    await refuse(4);
    const line = page.getByRole('button', { name: '3 were refused: see History' });
    for (const size of [
      { width: 1120, height: 780 },
      { width: 1024, height: 768 },
      { width: 800, height: 500 },
      { width: 512, height: 384 },
    ]) {
      await page.setViewportSize(size);
      await desk.phone.fill('0639980099');
      await desk.messageLine.click();
      for (const field of [desk.phone, desk.customerName, desk.messageText]) {
        await field.focus();
        await expect.poll(() => isUncovered(field)).toBe(true);
        await expect(line).toBeInViewport({ ratio: 1 });
      }
      await desk.messageLine.click();
      const box = await line.boundingBox();
      expect(box?.height ?? 999).toBeLessThan(56);
    }
  });

  test('[row 222] the dock never covers the focused field after the window or the text above changes', async () => {
    const { desk } = shared();
    const { page } = desk;
    await refuse(3);
    await page.setViewportSize({ width: 1024, height: 900 });
    await desk.phone.fill('0639980099');
    await desk.messageLine.click();
    for (const field of [desk.messageText, desk.customerName, desk.phone]) {
      await field.focus();
      for (const [width, height] of [
        [1024, 520],
        [1024, 900],
        [512, 384],
        [1024, 900],
      ] as const) {
        await page.setViewportSize({ width, height });
        await expect.poll(() => isUncovered(field)).toBe(true);
      }
    }
    await page.setViewportSize({ width: 1024, height: 520 });
    await desk.messageText.focus();
    await page.evaluate(() => {
      const late = document.createElement('p');
      late.style.height = '200px';
      document.querySelector('form')?.before(late);
    });
    await expect.poll(() => isUncovered(desk.messageText)).toBe(true);
    await page.evaluate(() => document.querySelector('form')?.previousElementSibling?.remove());
    await desk.messageLine.click();
  });

  test('[row 222] stay until they were seen in the history, or are dismissed', async () => {
    const { desk } = shared();
    const { page } = desk;
    await page.clock.install();
    await refuse(3);
    await page.clock.fastForward(10 * 60_000);
    const line = page.getByRole('button', { name: '3 were refused: see History' });
    await expect(line).toBeVisible();
    await desk.tab('Settings').click();
    await desk.tab('Invite').click();
    await line.click();
    await expect(desk.row('Léa Petit').first()).toContainText('Refused');
    await desk.tab('Invite').click();
    await expect(page.getByText('see History')).toHaveCount(0);

    await refuse(2);
    await page.clock.fastForward(10 * 60_000);
    await page.getByRole('button', { name: 'Got it' }).click();
    await expect(page.getByText('see History')).toHaveCount(0);
  });

  test('[row 222] offer Edit beside a refusal, which puts the customer into the form', async () => {
    const { desk } = shared();
    const { page } = desk;
    await refuse(1);
    await desk.button('Edit').click();
    await expect(desk.customerName).toHaveValue('Marie Dupont');
    await expect(desk.phone).toBeFocused();
    await desk.phone.press('Escape');

    await refuse(1);
    const other = `06399800${next}`;
    next += 1;
    await invite(desk, other, 'Zoé Moreau');
    await expect(desk.result).toContainText('Zoé Moreau');
    await expect(
      page.getByRole('button', { name: 'Refused for Marie Dupont: see History' }),
    ).toBeVisible();
    await desk.button('Edit').click();
    await expect(desk.customerName).toHaveValue('Marie Dupont');
    await expect(page.getByText('see History')).toHaveCount(0);
  });

  test('[row 222] are read out once, and not again when they move to their line', async () => {
    const { desk } = shared();
    const heard = await listen(desk.page);
    await refuse(2);
    const said = async (name: string): Promise<number> =>
      (await heard()).filter((text) => text.includes(name) && /refused/.test(text)).length;
    await desk.phone.fill('0639980098');
    await expect(desk.verdict).toContainText(/no earlier invitation/i);
    expect(await said('Marie Dupont')).toBe(1);
    expect(await said('Jean Martin')).toBe(1);
  });
});
