import type { Page } from 'playwright';
import { createTranslations, type Translations } from '../../renderer/i18n/translations.ts';
import { CALLS, type CallName, type EventName } from '../../shared/ipc/bridge.ts';
import type { EventDetail, Failure, Output } from '../../shared/ipc/contract.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import { importTranslations } from '../../shared/i18n/load-translations.ts';
import type { RunningApp } from '../support/installation.ts';
import { SNAPSHOT, FURNISHED, LOCALES, NOW } from './fixtures.ts';

/** How often a page is asked, in milliseconds. */
const OFTEN = { polling: 16 };

/** A staged reply of the main process: a value, a failure, or nothing yet. */
export type Replies = {
  readonly [N in CallName]?: Output<N> | { readonly failure: Failure<N> } | 'unanswered';
};

/** The window while it shows a scene. */
export type Stage = {
  readonly page: Page;
  readonly t: Translations['t'];
  /** Sends the page an event, as the main process does. */
  readonly tell: <N extends EventName>(event: N, detail: EventDetail<N>) => Promise<void>;
  /** From now on these calls get other replies, and the page gets the changed desk. */
  readonly become: (replies: Replies) => Promise<void>;
};

/** A step on the way to a scene. */
export type Step = (stage: Stage) => Promise<unknown>;

/** A state of the window: the replies of the desk, and the steps of a person to it. */
export type Scene = {
  readonly name: string;
  readonly replies?: Replies;
  readonly show?: Step;
  /** Why it has a picture and is not checked. */
  readonly unchecked?: string;
  /** As the printer gets it. */
  readonly media?: 'print';
};

/**
 * The real window with staged replies: its page, preload script and contract are the application's own; only the
 * replies of the main process are prepared. So each state of a desk is available and always looks the same. The
 * application behind it can be used for nothing else afterwards.
 */
export async function openStage({ runInMain, page }: RunningApp): Promise<{
  readonly enter: (scene: Scene, language: Language) => Promise<void>;
  /** Switches the current scene to another language, as a change in Settings does. */
  readonly speak: (language: Language) => Promise<void>;
}> {
  let staged: Replies = {};
  const reply = async (others: Replies): Promise<void> => {
    staged = { ...staged, ...others };
    await runInMain(({ ipcMain }, answers) => {
      for (const [name, given] of Object.entries(answers)) {
        ipcMain.removeHandler(name);
        ipcMain.handle(name, () => {
          if (given === 'unanswered') return new Promise(() => {});
          const isFailure = typeof given === 'object' && given !== null && 'failure' in given;
          return isFailure ? { ok: false, ...given } : { ok: true, value: given };
        });
      }
    }, others);
  };
  const tell: Stage['tell'] = (event, detail) =>
    runInMain(
      ({ BrowserWindow }, [channel, told]) => {
        for (const { webContents } of BrowserWindow.getAllWindows()) {
          webContents.mainFrame.send(channel, told);
        }
      },
      [event, detail] as const,
    );
  const become: Stage['become'] = async (others) => {
    await reply(others);
    await tell('app.changed', {});
  };
  // Checks sooner than `expect`, which waits a tenth of a second or more, and not with each frame: a window that a
  // busy machine stopped painting would never be asked.
  const hasLanguage = async (language: Language) => {
    try {
      await page.waitForFunction((lang) => document.documentElement.lang === lang, language, OFTEN);
    } catch (cause) {
      throw new Error(`The page does not speak ${language}: ${await stateOf(page)}`, { cause });
    }
  };
  const nothing = Object.fromEntries(CALLS.map((name) => [name, {}]));
  await page.clock.setFixedTime(NOW);
  // Events of the application behind the stage would spoil the scene.
  await runInMain(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send = () => {};
  });
  return {
    enter: async ({ replies, show, media }, language) => {
      const { t } = createTranslations(
        language,
        await importTranslations(language),
        LOCALES[language],
      );
      await page.emulateMedia({ media: null });
      await reply(inLanguage({ ...nothing, ...FURNISHED, ...replies }, language));
      await page.reload();
      await hasLanguage(language);
      await page.getByRole('heading', { level: 1 }).filter({ visible: true }).first().waitFor();
      await show?.({ page, t, tell, become });
      if (media !== undefined) await page.emulateMedia({ media });
      await page.waitForFunction(() => document.querySelector('.quiet') === null, null, OFTEN);
    },
    speak: async (language) => {
      const { 'app.read': snapshot } = staged;
      // Only an open desk session states the language.
      const open = isOpen(snapshot) ? snapshot : SNAPSHOT;
      await become(inLanguage({ 'app.read': open }, language));
      await hasLanguage(language);
      if (snapshot === undefined || isOpen(snapshot)) return;
      await become({ 'app.read': snapshot });
      await page.getByRole('alert').waitFor();
    },
  };
}

/** Describes a page that stopped: a hidden or stuck window paints no frames, and then no wait for a frame ends. */
async function stateOf(page: Page): Promise<string> {
  const state = await page.evaluate(async () => {
    const late = new Promise<'late'>((resolve) => void setTimeout(resolve, 2_000, 'late'));
    const frame = new Promise<'painted'>((resolve) => {
      requestAnimationFrame(() => resolve('painted'));
    });
    return {
      language: document.documentElement.lang,
      visibility: document.visibilityState,
      frame: await Promise.race([frame, late]),
      heading: document.querySelector('h1')?.textContent ?? null,
      alerts: [...document.querySelectorAll('[role=alert]')].map(({ textContent }) => textContent),
    };
  });
  return JSON.stringify(state);
}

type OpenSnapshot = Extract<Output<'app.read'>, { readonly kind: 'open' }>;

function isOpen(snapshot: Replies['app.read']): snapshot is OpenSnapshot {
  return typeof snapshot === 'object' && 'kind' in snapshot && snapshot.kind === 'open';
}

/** Scenes describe a desk in English; this one uses the visitor's language. */
function inLanguage(replies: Replies, language: Language): Replies {
  const { 'app.read': snapshot } = replies;
  if (!isOpen(snapshot)) return replies;
  return { ...replies, 'app.read': { ...snapshot, language, systemLocale: LOCALES[language] } };
}

/** Sets the whole application to light or dark, as the system does. */
export async function setTheme(
  { runInMain, page }: RunningApp,
  theme: 'light' | 'dark',
): Promise<void> {
  await runInMain(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, theme);
  await page.waitForFunction(
    (isDark) => matchMedia('(prefers-color-scheme: dark)').matches === isDark,
    theme === 'dark',
    OFTEN,
  );
}
