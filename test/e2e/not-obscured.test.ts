import type { Page } from 'playwright';
import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { invitationTo, NOW } from '../screenshots/fixtures.ts';
import { FORM_SCENES } from '../screenshots/form-scenes.ts';
import { openStage, type Step } from '../screenshots/stage.ts';
import { aSharedApp } from './open-installation.ts';

/** The smallest supported window, its size at 200 %, and one between them. */
const WINDOWS = [
  { width: 1024, height: 768 },
  { width: 512, height: 384 },
  { width: 640, height: 520 },
] as const;

// WCAG 2.4.11: content on top of the page does not hide the focused element.
describe('[row 210] the focused element of the form is visible', () => {
  const shared = aSharedApp();

  test.each(WINDOWS)('at $width × $height, from any scroll position', async (size) => {
    const { app } = shared();
    await enter(app, size);
    await expect(app.reason).toBeFocused();
    const { hidden, fields } = await walk(app.page);
    expect(fields).toEqual(expect.arrayContaining(['phone', 'force', 'reason', 'pin', 'name']));
    expect(hidden).toEqual([]);
  });

  test.each(WINDOWS)('at $width × $height, when more content appears below it', async (size) => {
    const { app } = shared();
    await enter(app, size, async ({ tell }) => {
      await app.customerName.focus();
      await tell('invitation.changed', LATE);
      await app.page.locator('.earlier-problems').waitFor();
    });
    await expect(app.customerName).toBeFocused();
    await expect.poll(() => hiddenParts(app.page)).toEqual([]);
  });

  test('the fields of a second SMS scroll into view with its switch', async () => {
    const { app } = shared();
    await enter(app, WINDOWS[0]);
    await app.sendAgain.uncheck();
    await app.page.evaluate(() => window.scrollTo(0, 0));
    await app.sendAgain.check();
    await expect.poll(() => hiddenParts(app.page, '[data-field="reason"]')).toEqual([]);
  });
});

/** Shows the longest form with its results. */
async function enter(app: RunningApp, size: (typeof WINDOWS)[number], then?: Step): Promise<void> {
  const stage = await openStage(app);
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  await app.page.setViewportSize(size);
  const longest = FORM_SCENES.find(({ name }) => name === 'form-longest');
  if (longest === undefined) throw new Error('there is no longest form');
  const show: Step = async (on) => {
    await longest.show?.(on);
    await then?.(on);
  };
  await stage.enter({ ...longest, show }, 'en');
}

/** An earlier invitation that becomes a problem. */
const LATE = invitationTo(16, 'Léa Petit', { state: 'needs_decision', at: NOW, why: 'window' });

const STEP = 16;

type Walked = { readonly hidden: readonly string[]; readonly fields: readonly string[] };

/** Focuses every control of the form, at every scroll position. */
async function walk(page: Page): Promise<Walked> {
  return page.evaluate(async (step) => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('.invite-form :is(input, select, button)'),
    ].filter((control) => control.checkVisibility());
    const hidden = new Set<string>();
    for (const control of controls) {
      for (let y = 0; y <= document.documentElement.scrollHeight - innerHeight; y += step) {
        document.body.focus();
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        window.scrollTo(0, y);
        control.focus();
        const { top, bottom, left, right } = control.getBoundingClientRect();
        const middle = (left + right) / 2;
        for (const place of [top + 4, (top + bottom) / 2, bottom - 4]) {
          const found = document.elementFromPoint(middle, place);
          if (found !== null && (control.contains(found) || found.contains(control))) continue;
          hidden.add(`${control.dataset['field'] ?? control.innerText} by ${found?.className}`);
        }
      }
    }
    const fields = controls.flatMap(({ dataset }) => dataset['field'] ?? []);
    return { hidden: [...hidden], fields };
  }, STEP);
}

/** Elements that cover a control at its top, middle or bottom; the focused control when none is named. */
function hiddenParts(page: Page, selector = ':focus'): Promise<readonly string[]> {
  return page.locator(selector).evaluate((control) => {
    const { top, bottom, left, right } = control.getBoundingClientRect();
    return [top + 4, (top + bottom) / 2, bottom - 4].flatMap((place) => {
      const found = document.elementFromPoint((left + right) / 2, place);
      if (found !== null && (control.contains(found) || found.contains(control))) return [];
      return [`${place} by ${found?.className}`];
    });
  });
}
