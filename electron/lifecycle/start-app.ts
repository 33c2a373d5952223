import { join } from 'node:path';
import { app, clipboard, powerMonitor, session } from 'electron/main';
import { languageOf } from '../../shared/i18n/languages.ts';
import type { StartProblem } from '../../shared/desk-snapshot.ts';
import { openAbout } from '../window/about.ts';
import type { App } from '../app/create-app.ts';
import { showWindow } from '../window/show-window.ts';
import type { Closable } from './quit.ts';
import { createDialogs, type Dialogs } from '../window/dialogs.ts';
import { createPrefills } from '../prefill/prefill.ts';
import { createFormDraft } from '../ipc/form-draft.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { blockedHandlers } from '../ipc/handlers-when-blocked.ts';
import { createPageEvents } from '../window/page-events.ts';
import type { ServeParts } from '../ipc/serve.ts';
import type { LanguageSetting } from '../i18n/saved-language.ts';
import type { DeepLinks } from '../prefill/deep-link-events.ts';
import type { EventLog } from '../event-log.ts';
import { readManagedConfigHere } from './read-managed-config.ts';
import type { ElectronParts } from './real-parts.ts';
import type {
  DesktopIntegration,
  DesktopIntegrationParts,
} from '../desktop/desktop-integration.ts';
import { isOutsideProfile } from '../os/state-folder.ts';
import { openRealApiKey } from '../os/keychain.ts';
import { systemClock } from '../os/system-clock.ts';
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
export type StartedApp = Closable & {
  readonly handlers: Awaited<ReturnType<ServeParts['handlers']>>;
  readonly asFailure: App['asFailure'];
};

/**
 * Opens everything behind the page: the desk session, then the desktop integration. Resolves when calls of the page
 * can be answered, also with the reason why there is no desk session.
 */
export async function startApp(parts: StartAppParts): Promise<StartedApp> {
  const { window, kiosk, folder, dataFolder, log, spoken } = parts;
  const { platform } = process;
  if (isOutsideProfile(dataFolder, { platform, homeFolder: app.getPath('home') }))
    log.write({ event: 'data-folder', place: 'outside-profile' });
  const { keychain, openApiKey, openEntry } = openRealApiKey(log);
  const events = createPageEvents(window);
  const { emit } = events;
  const dialogs = createDialogs(window, spoken.current);

  const loaded = await loadApp(parts, {
    ...dialogs,
    emit,
    openApiKey,
    openKeychainEntry: openEntry,
  });
  if (loaded.kind === 'failed') {
    // Show the reason to the user.
    showWindow(window);
    const handlers = blockedHandlers(app.getVersion(), loaded.problem);
    return { handlers, asFailure: () => undefined, keychain, close: async () => {} };
  }
  const { deskbell } = loaded;
  void deskbell.open();
  powerMonitor.on('resume', () => void deskbell.wake());
  powerMonitor.on('unlock-screen', () => void deskbell.wake());
  haltOnUncaughtErrors(deskbell, log);

  const formDraft = createFormDraft();
  const prefills = createPrefills({
    clock: systemClock,
    settings: async () => (await deskbell.session())?.settings(),
    loadPhoneRules: () => import('../../shared/phone/phone.ts'),
    announce: () => {
      emit('prefill.arrived', {});
      showWindow(window);
    },
  });
  // A prefill from another program must never stop the desk.
  parts.links((urls) => void prefills.links(urls).catch(log.reportBug));
  const isFormFilled = () => formDraft.recall() !== null;
  const desktop = loadDesktop({ ...parts, deskbell, events, prefills, isFormFilled });
  finishStart(parts, deskbell, desktop).catch(log.reportBug);

  const handlers = createHandlers({
    ...deskbell,
    print: dialogs.print,
    formDraft,
    desktop: {
      ...openAbout(kiosk, folder),
      takePrefill: prefills.take,
      leaveKiosk: async () => (await desktop)?.leaveKiosk(),
      readStatus: async () => (await desktop)?.readStatus() ?? { hotKey: 'off', autostart: 'off' },
    },
  });
  return { handlers, asFailure: deskbell.asFailure, keychain, close: deskbell.close };
}

type Loaded =
  | { readonly kind: 'loaded'; readonly deskbell: App }
  | { readonly kind: 'failed'; readonly problem: StartProblem };

async function loadApp(
  { folder, dataFolder, log, spoken }: StartAppParts,
  given: Omit<Dialogs, 'print'> & Pick<ElectronParts, 'emit' | 'openApiKey' | 'openKeychainEntry'>,
): Promise<Loaded> {
  try {
    const { createApp } = await import('../app/create-app.ts');
    const { realParts } = await import('./real-parts.ts');
    const deskbell = createApp(
      realParts({
        ...given,
        version: app.getVersion(),
        log,
        dataFolder,
        checkScript: join(folder, 'check-worker.js'),
        start: app.commandLine.hasSwitch('practice') ? 'practice' : 'automatic',
        country: app.getLocaleCountryCode(),
        systemLanguage: languageOf(app.getPreferredSystemLanguages()),
        systemLocale: app.getSystemLocale(),
        speak: spoken.speak,
        readManagedConfig: readManagedConfigHere,
        copyText: (text) => void clipboard.writeText(text),
        proxyFor: (url) => session.defaultSession.resolveProxy(url), // the page's own session has a dead proxy
      }),
    );
    return { kind: 'loaded', deskbell };
  } catch (error) {
    // A native module is missing or built for another runtime: the page opens and says so.
    const reference = log.reportBug(error);
    return { kind: 'failed', problem: { kind: 'native-module', reference } };
  }
}

/** Returns undefined when the desktop integration cannot be opened: sending goes on without it. */
async function loadDesktop(
  parts: DesktopIntegrationParts,
): Promise<DesktopIntegration | undefined> {
  try {
    const { openDesktopIntegration } = await import('../desktop/desktop-integration.ts');
    // The window may have been closed during loading.
    return parts.window.isDestroyed() ? undefined : await openDesktopIntegration(parts);
  } catch (error) {
    parts.log.reportBug(error);
    return undefined;
  }
}

/** Keeps the window hidden after a start with the computer, once there is a tray; then starts the update schedule. */
async function finishStart(
  parts: StartAppParts,
  deskbell: App,
  desktop: Promise<DesktopIntegration | undefined>,
): Promise<void> {
  const integration = await desktop;
  if (parts.window.isDestroyed()) return;
  if (parts.start === 'hidden') {
    const open = await deskbell.session();
    // Show a problem. Behind a hidden kiosk the desktop would be accessible.
    const mayHide = open !== undefined && !open.settings().kiosk;
    if (mayHide && integration !== undefined) integration.hideWindow();
    else showWindow(parts.window);
  }
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
