import type { Locator } from 'playwright';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { listen } from '../support/screen-reader.ts';
import { expect } from '../support/expect.ts';
import { invite } from '../support/user-actions.ts';
import { aSharedApp } from './open-installation.ts';

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
  const shared = aSharedApp({ settings: { checkWithPartoo: false, requestsPerMinute: 300 } });
  let next = 12;

  /** Invites the given number of customers whom Partoo refuses; resolves when the last refusal is known. */
  const refuse = async (count: number): Promise<void> => {
    const { installation, app } = shared();
    installation.vendor.fault({ kind: 'status', status: 400, times: count, path: SEND });
    for (const name of NAMES.slice(0, count)) {
      await invite(app, `06399800${next}`, name);
      next += 1;
      await expect(app.result).toContainText(`refused the invitation to ${name}`);
    }
  };
  beforeEach(() => shared().app.tab('Invite').click());
  afterEach(async () => {
    const { app } = shared();
    await app.page.setViewportSize({ width: 1120, height: 780 });
    await app.tab('Outbox').click();
    await app.tab('History').click();
    await app.tab('Invite').click();
    await app.phone.press('Escape');
  });

  test('[row 222] take one line that covers no focused field, also in a low window', async () => {
    const { app } = shared();
    const { page } = app;
    await refuse(4);
    const line = page.getByRole('button', { name: '3 were refused: see History' });
    for (const size of [
      { width: 1120, height: 780 },
      { width: 1024, height: 768 },
      { width: 800, height: 500 },
      { width: 512, height: 384 },
    ]) {
      await page.setViewportSize(size);
      await app.phone.fill('0639980099');
      await app.messageLine.click();
      for (const field of [app.phone, app.customerName, app.messageText]) {
        await field.focus();
        await expect.poll(() => isUncovered(field)).toBe(true);
        await expect(line).toBeInViewport({ ratio: 1 });
      }
      await app.messageLine.click();
      const box = await line.boundingBox();
      expect(box?.height ?? 999).toBeLessThan(56);
    }
  });

  test('[row 222] the dock never covers the focused field after the window or the text above changes', async () => {
    const { app } = shared();
    const { page } = app;
    await refuse(3);
    await page.setViewportSize({ width: 1024, height: 900 });
    await app.phone.fill('0639980099');
    await app.messageLine.click();
    for (const field of [app.messageText, app.customerName, app.phone]) {
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
    await app.messageText.focus();
    await page.evaluate(() => {
      const late = document.createElement('p');
      late.style.height = '200px';
      document.querySelector('form')?.before(late);
    });
    await expect.poll(() => isUncovered(app.messageText)).toBe(true);
    await page.evaluate(() => document.querySelector('form')?.previousElementSibling?.remove());
    await app.messageLine.click();
  });

  test('[row 222] stay until they were seen in the history, or are dismissed', async () => {
    const { app } = shared();
    const { page } = app;
    await page.clock.install();
    await refuse(3);
    await page.clock.fastForward(10 * 60_000);
    const line = page.getByRole('button', { name: '3 were refused: see History' });
    await expect(line).toBeVisible();
    await app.tab('Settings').click();
    await app.tab('Invite').click();
    await line.click();
    await expect(app.row('Léa Petit').first()).toContainText('Refused');
    await app.tab('Invite').click();
    await expect(page.getByText('see History')).toHaveCount(0);

    await refuse(2);
    await page.clock.fastForward(10 * 60_000);
    await page.getByRole('button', { name: 'Got it' }).click();
    await expect(page.getByText('see History')).toHaveCount(0);
  });

  test('[row 222] offer Edit beside a refusal, which puts the customer into the form', async () => {
    const { app } = shared();
    const { page } = app;
    await refuse(1);
    await app.button('Edit').click();
    await expect(app.customerName).toHaveValue('Marie Dupont');
    await expect(app.phone).toBeFocused();
    await app.phone.press('Escape');

    await refuse(1);
    const other = `06399800${next}`;
    next += 1;
    await invite(app, other, 'Zoé Moreau');
    await expect(app.result).toContainText('Zoé Moreau');
    await expect(
      page.getByRole('button', { name: 'Refused for Marie Dupont: see History' }),
    ).toBeVisible();
    await app.button('Edit').click();
    await expect(app.customerName).toHaveValue('Marie Dupont');
    await expect(page.getByText('see History')).toHaveCount(0);
  });

  test('[row 222] are read out once, and not again when they move to their line', async () => {
    const { app } = shared();
    const heard = await listen(app.page);
    await refuse(2);
    const said = async (name: string): Promise<number> =>
      (await heard()).filter((text) => text.includes(name) && /refused/.test(text)).length;
    await app.phone.fill('0639980098');
    await expect(app.verdict).toContainText(/no earlier invitation/i);
    expect(await said('Marie Dupont')).toBe(1);
    expect(await said('Jean Martin')).toBe(1);
  });
});
