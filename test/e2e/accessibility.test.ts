import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../shared/languages.ts';
import { expect as eventually } from '../support/expect.ts';
import { CHECKED_SCENES } from '../tour/scenes.ts';
import { openStage, setTheme } from '../tour/stage.ts';
import { aReception } from './a-reception.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the four tabs begin with. */
const TITLES = ['Ask for a review', 'Outbox', 'History', 'Settings'];

declare global {
  interface Window {
    readonly axe: {
      readonly run: (options: object) => Promise<{
        readonly violations: readonly {
          readonly id: string;
          readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
        }[];
      }>;
    };
  }
}

/** What axe-core finds fault with, in a few words each. A theme changes nothing but colours. */
async function faults(page: Page, looking: 'at-all' | 'at-colours'): Promise<readonly string[]> {
  return page.evaluate(async (isAll) => {
    const found = await window.axe.run({
      resultTypes: ['violations'],
      preload: false,
      selectors: false,
      ...(isAll ? {} : { runOnly: ['color-contrast'] }),
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`,
      ),
    );
  }, looking === 'at-all');
}

/** What moves although the system asks for no motion. */
async function motions(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration) > 1)
      .map(
        ({ effect }) => `moves: ${effect instanceof KeyframeEffect && effect.target?.className}`,
      ),
  );
}

/** Controls whose text is wider than they are or beyond the window, and a page that is wider than its window. */
async function overflows(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const controls =
      'button, [role=tab], label, legend:not(.visually-hidden), h1, h2, h3, .badge, .state, .note, kbd';
    const wide = [...document.querySelectorAll<HTMLElement>(controls)].filter(
      (control) =>
        control.clientWidth > 0 &&
        (control.scrollWidth > control.clientWidth + 1 ||
          control.getBoundingClientRect().right > window.innerWidth + 1),
    );
    const root = document.documentElement;
    return [
      ...wide.map((control) => `${control.className}: ${control.innerText}`),
      ...(root.scrollWidth > root.clientWidth ? [`page ${root.scrollWidth}`] : []),
    ];
  });
}

test('axe-core finds nothing on any screen, in both themes, and nothing moves for whoever wants it still', async () => {
  const { open } = await aReception();
  const desk = await open();
  const stage = await openStage(desk);
  const { page } = desk;
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const scene of CHECKED_SCENES) {
    await setTheme(desk, 'light');
    await stage.enter(scene, 'en');
    await page.evaluate(AXE);
    const light = [...(await faults(page, 'at-all')), ...(await motions(page))];
    await setTheme(desk, 'dark');
    const dark = await faults(page, 'at-colours');
    found.push(
      ...light.map((fault) => `${scene.name} ${fault}`),
      ...dark.map((fault) => `${scene.name} (dark) ${fault}`),
    );
  }
  expect(found).toEqual([]);
});

test('every text fits its control and its window in every language, at 1024 pixels and at twice the size', async () => {
  const { open } = await aReception();
  const desk = await open();
  const stage = await openStage(desk);
  const { page } = desk;
  const found: string[] = [];
  for (const scene of CHECKED_SCENES) {
    await stage.enter(scene, 'en');
    for (const language of LANGUAGES) {
      if (language !== 'en') await stage.speak(language);
      for (const width of [1024, 512]) {
        await page.setViewportSize({ width, height: 720 });
        const wide = await overflows(page);
        found.push(...wide.map((it) => `${scene.name} ${language} ${width} ${it}`));
      }
    }
  }
  expect(found).toEqual([]);
});

test('everything is reached with the Tab key, and shows where it is', async () => {
  const { open } = await aReception();
  const { page, phone } = await open();
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

test('forced colours keep every tab and button visible', async () => {
  const { open } = await aReception();
  const { page } = await open();
  await page.emulateMedia({ forcedColors: 'active' });
  const send = page.locator('.send-button');
  await eventually(send).toBeVisible();
  const border = await send.evaluate((button) => getComputedStyle(button).borderTopStyle);
  expect(border).toBe('solid');
});
