import { expect, test } from 'vitest';
import { expect as eventually } from '../support/expect.ts';
import { aSharedApp } from './open-installation.ts';

// screens-*.test.ts checks what each screen shows; these tests check what a person does.

/** The first control of each of the four tabs. */
const TITLES = ['Ask for a review', 'Outbox', 'History', 'Settings'];

const shared = aSharedApp();

test('the Tab key reaches every control and shows the focus', async () => {
  const { page, phone } = shared().app;
  await eventually(phone).toBeFocused();
  for (const [nth, tab] of TITLES.entries()) {
    await page.keyboard.press(`Control+Digit${nth + 1}`);
    await eventually(page.locator('main h1:visible')).toHaveText([tab]);
    const unreached = new Set(
      await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, input, select, a[href], textarea')]
          .filter((control) => control.checkVisibility() && control.tabIndex >= 0)
          .filter((control) => !control.matches(':disabled'))
          .map((control, at) => (control.dataset['walk'] = String(at))),
      ),
    );
    const unseen: string[] = [];
    for (let step = 0; step < 120 && unreached.size > 0; step += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const here = document.activeElement;
        if (!(here instanceof HTMLElement)) return { walk: '', ring: true, name: '' };
        const { outlineStyle, outlineWidth } = getComputedStyle(here);
        const ring = outlineStyle !== 'none' && outlineWidth !== '0px';
        return { walk: here.dataset['walk'] ?? '', ring, name: here.outerHTML.slice(0, 120) };
      });
      if (at.walk !== '' && !at.ring) unseen.push(at.name);
      unreached.delete(at.walk);
    }
    expect({ tab, unreached: [...unreached], unseen }).toEqual({ tab, unreached: [], unseen: [] });
  }
});

test('[row 236] forced colours show the selected tab', async () => {
  const { app } = shared();
  const { page } = app;
  await page.emulateMedia({ forcedColors: 'active' });
  await app.tab('History').click();
  const [line, ground] = await app
    .tab('History')
    .evaluate((tab) => [
      getComputedStyle(tab, '::after').backgroundColor,
      getComputedStyle(tab.closest('header') ?? tab).backgroundColor,
    ]);
  expect(line).not.toBe('rgba(0, 0, 0, 0)');
  expect(line).not.toBe(ground);
  await page.emulateMedia({ forcedColors: 'none' });
});

test('forced colours keep every tab and button visible', async () => {
  const { page } = shared().app;
  await page.keyboard.press('Control+Digit1');
  await page.emulateMedia({ forcedColors: 'active' });
  const send = page.locator('.send-button');
  await eventually(send).toBeVisible();
  const border = await send.evaluate((button) => getComputedStyle(button).borderTopStyle);
  expect(border).toBe('solid');
});
