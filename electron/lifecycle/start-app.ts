import { join } from 'node:path';
import { app, clipboard, powerMonitor, session } from 'electron/main';
import { languageOf } from '../../shared/i18n/languages.ts';
import { openAbout } from '../window/about.ts';
import type { App } from '../app/create-app.ts';
import type { AppParts } from '../app/app-parts.ts';
import { showWindow } from '../window/show-window.ts';
import type { Closable } from './quit.ts';
import { createDialogs } from '../window/dialogs.ts';
import type { Prefills } from '../prefill/prefill.ts';
import { blockedHandlers } from '../ipc/handlers-when-blocked.ts';
import type { LanguageSetting } from '../i18n/saved-language.ts';
import type { DeepLinks } from '../prefill/deep-link-events.ts';
import type { EventLog } from '../event-log.ts';
import { readManagedConfigHere } from './read-managed-config.ts';
import type { DesktopIntegration } from '../desktop/desktop-integration.ts';
import { isOutsideProfile } from '../os/state-folder.ts';
import { openRealApiKey, type RealApiKey } from '../os/keychain.ts';
import { openRealPrefills } from './connect-prefills.ts';
import { keepHiddenUnlessBlocked } from './start-hidden.ts';
import type { DeskWindow } from '../window/main-window.ts';

export type StartAppParts = DeskWindow & {
  /** The folder of the built application. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly log: EventLog;
  readonly spoken: LanguageSetting;
  readonly links: DeepLinks;
  readonly start: 'shown' | 'hidden';
};

/** Answers the page, and is closed with it. */
export type StartedApp = Answers & Closable;
type Answers = Pick<App, 'handlers' | 'asFailure'>;

/**
 * Opens everything behind the page: the desk session, then the desktop integration. Resolves when calls of the page
 * can be answered, also with the reason why there is no desk session.
 */
export async function startApp(parts: StartAppParts): Promise<StartedApp> {
  const { window, kiosk, folder, dataFolder, log, spoken } = parts;
  const { platform } = process;
  if (isOutsideProfile(dataFolder, { platform, homeFolder: app.getPath('home') }))
    log.write({ event: 'data-folder', place: 'outside-profile' });
  const desktopIntegration: DesktopIntegration[] = [];
  const emit: AppParts['emit'] = (name, detail) => {
    if (!window.isDestroyed()) window.webContents.send(name, detail);
    for (const { changed } of desktopIntegration) changed(name);
  };
  const prefills = openRealPrefills(window, emit, async () => (await loading).app);
  const apiKey = openRealApiKey(log);
  const loading = loadApp(parts, apiKey, {
    emit,
    speak: (language) => {
      spoken.speak(language);
      for (const here of desktopIntegration) here.speak(language);
    },
    desktopIntegration: {
      ...openAbout(kiosk, folder),
      takePrefill: prefills.take,
      leave: () => desktopIntegration[0]?.leave(),
      standing: () => desktopIntegration[0]?.standing() ?? { hotKey: 'off', autostart: 'off' },
    },
  });
  // A prefill from another program must never stop the desk.
  parts.links((handed) => void prefills.links(handed).catch(log.reportBug));

  const { app: deskbell, ...answers } = await loading;
  const { keychain } = apiKey;
  if (deskbell === undefined) {
    // Show the reason to the user.
    showWindow(window);
    return { ...answers, keychain, close: async () => {} };
  }
  powerMonitor.on('resume', () => void deskbell.wake());
  powerMonitor.on('unlock-screen', () => void deskbell.wake());
  haltOnUncaughtErrors(deskbell, log);
  startDesktopIntegration(parts, { deskbell, emit, prefills, desktopIntegration }).catch(
    log.reportBug,
  );
  return { ...answers, keychain, close: deskbell.close };
}

type Loaded = Answers & { readonly app: App | undefined };

async function loadApp(
  { window, folder, dataFolder, log, spoken }: StartAppParts,
  { openApiKey }: RealApiKey,
  surroundings: Pick<AppParts, 'emit' | 'desktopIntegration' | 'speak'>,
): Promise<Loaded> {
  const version = app.getVersion();
  try {
    const { createApp } = await import('../app/create-app.ts');
    const { realParts } = await import('./real-parts.ts');
    const deskbell = createApp(
      realParts({
        ...surroundings,
        version,
        log,
        dataFolder,
        checkScript: join(folder, 'check-worker.js'),
        start: app.commandLine.hasSwitch('practice') ? 'practice' : 'automatic',
        country: app.getLocaleCountryCode(),
        systemLanguage: languageOf(app.getPreferredSystemLanguages()),
        systemLocale: app.getSystemLocale(),
        readManagedConfig: readManagedConfigHere,
        openApiKey,
        ...createDialogs(window, spoken.current),
        copyText: (text) => void clipboard.writeText(text),
        proxyFor: (url) => session.defaultSession.resolveProxy(url), // the page's own session has a dead proxy
      }),
    );
    void deskbell.open();
    return { handlers: deskbell.handlers, asFailure: deskbell.asFailure, app: deskbell };
  } catch (error) {
    // A native module is missing or built for another runtime: the page opens and says so.
    const reference = log.reportBug(error);
    const problem = { kind: 'native-module', reference } as const;
    return {
      handlers: blockedHandlers(version, problem),
      asFailure: () => undefined,
      app: undefined,
    };
  }
}

async function startDesktopIntegration(
  parts: StartAppParts,
  given: {
    readonly deskbell: App;
    readonly emit: AppParts['emit'];
    readonly prefills: Prefills;
    /** Receives the opened desktop integration. */
    readonly desktopIntegration: DesktopIntegration[];
  },
): Promise<void> {
  const { log, spoken, window } = parts;
  const { deskbell, desktopIntegration, ...rest } = given;
  // The window may have been closed during loading.
  if (window.isDestroyed()) return;
  try {
    const { openRealDesktopIntegration } = await import('../desktop/real-desktop-integration.ts');
    const here = await openRealDesktopIntegration({
      ...parts,
      ...rest,
      deskbell,
      language: spoken.current(),
    });
    desktopIntegration.push(here);
    // The language setting may have changed during loading.
    here.speak(spoken.current());
  } catch (error) {
    // Sending goes on without the desktop integration.
    log.reportBug(error);
  }
  if (parts.start === 'hidden')
    await keepHiddenUnlessBlocked(window, deskbell, desktopIntegration[0]);
  await lookForUpdates(deskbell, parts);
}

/** Starts the update schedule where IT has named a feed. The code is not loaded elsewhere. */
async function lookForUpdates(
  deskbell: App,
  { log, spoken, kiosk }: Pick<StartAppParts, 'log' | 'spoken' | 'kiosk'>,
): Promise<void> {
  const configuration = readManagedConfigHere();
  if (configuration.kind !== 'read') return;
  const { updateFeed: feed, updateKey: key = null } = configuration.settings;
  if (typeof feed !== 'string') return;
  // SECURITY: Linux does not check the signer of an installer, so the feed must be signed there.
  if (process.platform === 'linux' && key === null) {
    log.write({ event: 'update', step: 'no-key' });
    return;
  }
  const { startUpdates } = await import('../updates/start-updates.ts');
  app.on(
    'before-quit',
    startUpdates({ feed, key, deskbell, log, kiosk, language: spoken.current }).stop,
  );
}

/** Logs an uncaught bug without its message, and stops all sending. */
function haltOnUncaughtErrors(deskbell: App, log: EventLog): void {
  const halt = (error: unknown) => void deskbell.halt(log.reportBug(error));
  process.on('uncaughtException', halt);
  process.on('unhandledRejection', halt);
}
