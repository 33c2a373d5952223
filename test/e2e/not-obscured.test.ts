import type { Page } from 'playwright';
import { beforeEach, describe, test } from 'vitest';
import { LANGUAGES, type Language } from '../../shared/i18n/languages.ts';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { invitationTo, NOW } from '../screenshots/fixtures.ts';
import { FORM_SCENES } from '../screenshots/form-scenes.ts';
import { openStage, type Scene, type Step } from '../screenshots/stage.ts';
import { inTurn, keys, seen, send, typePhone } from '../screenshots/steps.ts';
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

type Size = { readonly width: number; readonly height: number };

/** The smallest window at 100 % and at 200 %, and the first window at 200 %, in CSS pixels. */
const LOW_WINDOWS = [
  { width: 800, height: 500 },
  { width: 400, height: 250 },
  { width: 560, height: 390 },
] as const;

describe('[row 266] a low window shows the result bars and the form', () => {
  const shared = aSharedApp();

  test.each(LOW_WINDOWS)('at $width × $height, both bars in a third of it', async (size) => {
    const { app } = shared();
    const { page } = app;
    for (const language of LANGUAGES) {
      await stageScene(app, size, UNDO_AND_RESTORE, language);
      const results = await page.locator('.results').boundingBox();
      expect(results?.height ?? size.height).toBeLessThanOrEqual(size.height * 0.35);
      for (const part of ['[data-field="phone"]', '.verdict p']) {
        await expect.poll(() => hiddenParts(page, part)).toEqual([]);
      }
      const buttons = page.locator('.results button');
      await expect(buttons).toHaveCount(2);
      for (const button of await buttons.all()) {
        await expect(button).toBeInViewport({ ratio: 1 });
        expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(32);
      }
      for (const text of await page.locator('.result [role="status"]').all()) {
        expect(await text.evaluate(hiddenTextAtEnd)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('[row 266] the message of a refused Enter is in view', () => {
  const shared = aSharedApp({ settings: { checkWithPartoo: false } });
  beforeEach(() => shared().app.page.clock.install());

  test.each(LOW_WINDOWS)('at $width × $height, for an incomplete number', async (size) => {
    const { page, phone } = shared().app;
    await page.setViewportSize(size);
    await phone.press('Escape');
    await phone.fill('06399');
    await page.keyboard.press('Enter');
    await expect(page.locator(MESSAGE)).toContainText('This number is incomplete');
    expect(await hiddenParts(page, MESSAGE)).toEqual([]);
    if (size.height === 500) expect(await hiddenParts(page)).toEqual([]);
    await page.keyboard.type('8');
    await expect.poll(() => hiddenParts(page)).toEqual([]);
  });

  test.each(LOW_WINDOWS)(
    'at $width × $height, and only a visible question counts',
    async (size) => {
      const { page, phone } = shared().app;
      await page.setViewportSize(size);
      await phone.press('Escape');
      await phone.fill(`0142685${size.height}`);
      await expect(shared().app.verdict).toContainText('landline');
      await page.keyboard.press('Enter');
      await expect(page.locator(MESSAGE)).toContainText('Press Enter again');
      expect(await hiddenParts(page, MESSAGE)).toEqual([]);

      await page.evaluate(() => window.scrollTo(0, 0));
      await page.clock.fastForward(1_000);
      await page.keyboard.press('Enter');
      await expect.poll(() => hiddenParts(page, MESSAGE)).toEqual([]);
      await expect(phone).not.toHaveValue('');

      await page.clock.fastForward(1_000);
      await page.keyboard.press('Enter');
      await expect(phone).toHaveValue('');
    },
  );
});

const MESSAGE = '.send .hint[role="alert"]';

/** A customer after one whose SMS can be undone and one whose form can be restored. */
const UNDO_AND_RESTORE: Scene = {
  name: 'form-undo-and-restore',
  replies: {
    'invitation.enqueue': invitationTo(15, '', {
      state: 'held',
      at: NOW,
      notBefore: NOW + 11_000,
      why: 'undo',
    }),
  },
  show: inTurn(
    typePhone('0639980031'),
    keys('Escape'),
    seen('result.bringBack'),
    typePhone('0639980015'),
    send,
    seen('result.undo'),
    typePhone('0639980082'),
  ),
};

/** Scrolls a text to its end; returns how much of its last line is hidden. */
function hiddenTextAtEnd(text: HTMLElement | SVGElement): number {
  text.scrollTop = text.scrollHeight;
  const end = text.querySelector('span')?.getBoundingClientRect().bottom;
  return (end ?? Number.POSITIVE_INFINITY) - text.getBoundingClientRect().bottom;
}

/** Shows the longest form with its results. */
async function enter(app: RunningApp, size: Size, then?: Step): Promise<void> {
  const longest = FORM_SCENES.find(({ name }) => name === 'form-longest');
  if (longest === undefined) throw new Error('there is no longest form');
  const show: Step = async (on) => {
    await longest.show?.(on);
    await then?.(on);
  };
  await stageScene(app, size, { ...longest, show }, 'en');
}

/** Shows a scene in a window of this size. */
async function stageScene(
  app: RunningApp,
  size: Size,
  scene: Scene,
  language: Language,
): Promise<void> {
  const stage = await openStage(app);
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  await app.page.setViewportSize(size);
  await stage.enter(scene, language);
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
  return page
    .locator(selector)
    .first()
    .evaluate((control) => {
      const { top, bottom, left, right } = control.getBoundingClientRect();
      return [top + 4, (top + bottom) / 2, bottom - 4].flatMap((place) => {
        const found = document.elementFromPoint((left + right) / 2, place);
        if (found !== null && (control.contains(found) || found.contains(control))) return [];
        return [`${place} by ${found?.className}`];
      });
    });
}
