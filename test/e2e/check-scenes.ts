import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../shared/i18n/languages.ts';
import type { RunningApp } from '../support/installation.ts';
import { CHECKED_SCENES } from '../screenshots/scenes.ts';
import { openStage, setTheme, type Scene } from '../screenshots/stage.ts';
import { aSharedApp } from './open-installation.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Several test files share the scenes and run in parallel. */
const PARTS = 4;

/** The narrowest window, at normal and at double size. */
const WIDTHS = [1024, 512] as const;

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

type Found = { readonly faults: readonly string[]; readonly overflows: readonly string[] };

/**
 * Walks the scenes of one part, entering each once, and checks each in both themes, all languages and all widths. Part
 * 1 begins with the first scene, part 2 with the second; together the parts cover all scenes.
 */
export function checkScenes(part: 1 | 2 | 3 | 4): void {
  const scenes = CHECKED_SCENES.filter((_, at) => at % PARTS === part - 1);
  describe(`on ${scenes.length} of ${CHECKED_SCENES.length} screens (part ${part} of ${PARTS})`, () => {
    const shared = aSharedApp();
    let found: Promise<Found> | undefined;
    const walked = () => (found ??= walk(shared().app, scenes));

    test('axe-core finds nothing in both themes, and nothing animates with reduced motion', async () => {
      expect((await walked()).faults).toEqual([]);
    });

    test('every text fits its control and its window in every language, at 1024 pixels and at double size', async () => {
      expect((await walked()).overflows).toEqual([]);
    });
  });
}

async function walk(app: RunningApp, scenes: readonly Scene[]): Promise<Found> {
  const stage = await openStage(app);
  const { page } = app;
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
  const usual = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const found: { faults: string[]; overflows: string[] } = { faults: [], overflows: [] };
  for (const scene of scenes) {
    await page.setViewportSize(usual);
    await setTheme(app, 'light');
    await stage.enter(scene, 'en');
    await page.evaluate(AXE);
    const light = [...(await faults(page, 'at-all')), ...(await motions(page))];
    found.faults.push(...light.map((fault) => `${scene.name} ${fault}`));
    await setTheme(app, 'dark');
    const dark = await faults(page, 'at-colours');
    found.faults.push(...dark.map((fault) => `${scene.name} (dark) ${fault}`));
    for (const [at, language] of LANGUAGES_ENGLISH_FIRST.entries()) {
      if (at > 0) await stage.speak(language);
      // Every second language begins with the last width of the one before.
      for (const width of at % 2 === 0 ? WIDTHS : WIDTHS.toReversed()) {
        await page.setViewportSize({ width, height: 720 });
        const wide = await overflows(page);
        found.overflows.push(...wide.map((it) => `${scene.name} ${language} ${width} ${it}`));
      }
    }
  }
  return found;
}

/** Scenes are entered in English. */
const LANGUAGES_ENGLISH_FIRST: readonly Language[] = [
  'en',
  ...LANGUAGES.filter((language) => language !== 'en'),
];

/** What axe-core reports, in a few words each. A theme changes only colours. */
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

/** Elements that animate although the system asks for no motion. */
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

/** Controls whose text is wider than they are or than the window, and a page that is wider than its window. */
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
