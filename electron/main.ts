import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  app,
  dialog,
  clipboard,
  ipcMain,
  nativeTheme,
  powerMonitor,
  session,
  type BrowserWindow,
} from 'electron/main';
import { languageOf } from '../shared/languages.ts';
import { openAbout } from './about.ts';
import type { App } from './app.ts';
import type { AppParts } from './app-parts.ts';
import { machineConfigFile, readManaged, type Managed } from './config.ts';
import { askAfterCrashes, showWindow } from './desktop.ts';
import { exitWith, quitGracefully } from './ending.ts';
import { blockedHandlers } from './ipc/blocked.ts';
import { serve } from './ipc/serve.ts';
import { openHandOut } from './hand-out.ts';
import { createSpokenLanguage } from './language.ts';
import { listenToLinks } from './links.ts';
import { createLog } from './log.ts';
import { loadKeytar, openApiKey, type ApiKey } from './os/api-key.ts';
import { HIDDEN_SWITCH } from './os/autostart.ts';
import { systemClock } from './os/clock.ts';
import { watchKeychain } from './os/keychain-calls.ts';
import { wasStartedByTheSystem } from './os/start.ts';
import type { Outside } from './outside.ts';
import { openRealHandovers } from './real-handovers.ts';
import { waitUnseen } from './unseen.ts';
import { registerPageScheme, servePage } from './page.ts';
import { createRescue, type Rescue } from './rescue.ts';
import { resetPin } from './reset-pin.ts';
import { setApiKey } from './set-api-key.ts';
import { findRefusedSwitch } from './switches.ts';
import { confine, isFromPage, openWindow } from './window.ts';

const folder = import.meta.dirname;
const dataFolder = app.getPath('userData');
// Windows ties notifications and the taskbar's button to the installed shortcut by this id (electron-builder's appId).
if (process.platform === 'win32') app.setAppUserModelId('app.deskbell');
const log = createLog({
  folder: join(dataFolder, 'logs'),
  now: systemClock.now,
  newReference: () => randomUUID().slice(0, 8),
});

const keychain = watchKeychain({ clock: systemClock, load: loadKeytar });
const spoken = createSpokenLanguage(join(dataFolder, 'language'), () =>
  app.getPreferredSystemLanguages(),
);

// SECURITY: docs/security.md, "Switches". In development everything may be attached to.
const refused = app.isPackaged
  ? findRefusedSwitch(process.argv.slice(1), process.platform)
  : undefined;
if (refused !== undefined) {
  refuse(refused);
} else if (app.commandLine.hasSwitch('set-api-key')) {
  void storeKey();
} else if (app.commandLine.hasSwitch('reset-pin')) {
  void resetPin({ dataFolder, log }).then((code) => app.exit(code));
} else if (app.requestSingleInstanceLock()) {
  registerPageScheme();
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#4-enable-process-sandboxing
  // Where the launcher had to switch it off (root in a container), insisting on it would only crash every child.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => confine(contents));
  void openDeskbell();
} else {
  app.quit();
}

/** For whoever wrote the command line: IT, or another program. Without a window on Linux, where it goes to the terminal. */
function refuse(argument: string): void {
  dialog.showErrorBox(
    'Deskbell does not start with this switch',
    `${argument}\n\nIt would let another program use Deskbell, or change where it sends to. Start Deskbell without it.`,
  );
  app.exit(1);
}

async function storeKey(): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const parts = { managed: managed(), input: process.stdin, say, openApiKey: apiKeyOf };
  await exitWith(await setApiKey(parts), keychain);
}

async function openDeskbell(): Promise<void> {
  const links = listenToLinks();
  await app.whenReady();
  const page = session.fromPartition('desk', { cache: false });
  servePage(page, join(folder, 'renderer'), spoken.current);

  const start = wasStartedByTheSystem() ? 'hidden' : 'shown';
  const opened = openWindow({
    session: page,
    folder,
    placeFile: join(dataFolder, 'window.json'),
    platform: process.platform,
    isDark: nativeTheme.shouldUseDarkColors,
    isPackaged: app.isPackaged,
    start,
    onGone: (reason) => {
      log.write({ event: 'renderer-gone', reason });
      rescue.crashed();
    },
  });
  const { window } = opened;
  const rescue = rescueOf(window);
  window.once('ready-to-show', () => log.write({ event: 'shown' }));
  const outside: Outside[] = [];
  const emit: AppParts['emit'] = (name, detail) => {
    if (!window.isDestroyed()) window.webContents.send(name, detail);
    for (const { changed } of outside) changed(name);
  };
  const handovers = openRealHandovers(window, emit, async () => (await loading).app);
  // The desk is loaded beside the page: neither waits for the other.
  const loading = loadDesk(window, {
    emit,
    speak: (language) => {
      spoken.speak(language);
      for (const here of outside) here.speak(language);
    },
    outside: {
      ...openAbout(window, folder),
      takeHandover: handovers.take,
      leave: () => outside[0]?.leave(),
      standing: () => outside[0]?.standing() ?? { hotKey: 'off', autostart: 'off' },
    },
  });
  serve({
    ipc: ipcMain,
    handlers: async () => (await loading).handlers,
    isTrusted: isFromPage,
    reportBug: log.reportBug,
    asFailure: async (error) => (await loading).asFailure(error),
  });

  // What another program hands over must never stop the desk.
  links((handed) => void handovers.links(handed).catch(log.reportBug));
  app.on('second-instance', (_event, args) => {
    // Also when the system starts Deskbell once more with the computer, which is no wish to see it.
    if (!args.includes(`--${HIDDEN_SWITCH}`)) showWindow(window);
  });
  app.on('activate', () => showWindow(window));
  app.on('window-all-closed', () => app.quit());

  const desk = (await loading).app;
  // Whoever looks for the reason must see it.
  if (desk === undefined) return showWindow(window);
  powerMonitor.on('resume', () => void desk.wake());
  powerMonitor.on('unlock-screen', () => void desk.wake());
  quitGracefully({ desk, log, keychain });
  haltOnBugs(desk);
  try {
    const { openRealOutside } = await import('./real-outside.ts');
    const language = spoken.current();
    const parts = { ...opened, desk, folder, log, handovers, emit, language };
    const here = await openRealOutside(parts);
    outside.push(here);
    // The settings may have said so meanwhile.
    here.speak(spoken.current());
  } catch (error) {
    // A desktop that cannot be used is no reason not to send.
    log.reportBug(error);
  }
  if (start === 'hidden') await waitUnseen(window, desk, outside[0]);
  await lookForUpdates(desk);
}

/** What brings the page back after a crash, and asks a person when that does not help. */
function rescueOf(window: BrowserWindow): Rescue {
  // Electron starts the graphics process again by itself, at last without the graphics card.
  app.on('child-process-gone', (_event, { type, reason }) => {
    log.write({ event: 'child-gone', type, reason });
  });
  return createRescue({
    clock: systemClock,
    reload: () => {
      if (!window.isDestroyed()) window.webContents.reload();
    },
    ask: async () => {
      const { loadWords } = await import('./words.ts');
      const { t } = await loadWords(spoken.current(), app.getSystemLocale());
      return askAfterCrashes(window, t);
    },
    quit: () => app.quit(),
    reportBug: log.reportBug,
  });
}

type Loaded = Pick<App, 'handlers' | 'asFailure'> & { readonly app: App | undefined };

async function loadDesk(
  window: BrowserWindow,
  surroundings: Pick<AppParts, 'emit' | 'outside' | 'speak'>,
): Promise<Loaded> {
  const version = app.getVersion();
  try {
    const { createApp } = await import('./app.ts');
    const { realParts } = await import('./real-parts.ts');
    const desk = createApp(
      realParts({
        ...surroundings,
        version,
        log,
        dataFolder,
        checkScript: join(folder, 'check-backup.js'),
        start: app.commandLine.hasSwitch('practice') ? 'practice' : 'automatic',
        country: app.getLocaleCountryCode(),
        systemLanguage: languageOf(app.getPreferredSystemLanguages()),
        systemLocale: app.getSystemLocale(),
        readManaged: managed,
        openApiKey: apiKeyOf,
        ...openHandOut(window, spoken.current),
        copyText: (text) => void clipboard.writeText(text),
        proxyFor: (url) => session.defaultSession.resolveProxy(url), // the page's own leads nowhere
      }),
    );
    void desk.open();
    return { handlers: desk.handlers, asFailure: desk.asFailure, app: desk };
  } catch (error) {
    // A native module that is missing or made for another runtime: the page opens and says so.
    const reference = log.reportBug(error);
    const problem = { kind: 'native-module', reference } as const;
    return {
      handlers: blockedHandlers(version, problem),
      asFailure: () => undefined,
      app: undefined,
    };
  }
}

function managed(): Managed {
  const named = app.commandLine.getSwitchValue('config');
  return readManaged({
    named: named === '' ? undefined : named,
    machine: machineConfigFile(process.platform, process.env),
  });
}

function apiKeyOf(apiUrl: string): ApiKey {
  return openApiKey({
    apiUrl,
    clock: systemClock,
    loadKeychain: keychain.load,
    onTrouble: (trouble) => log.write({ event: 'keychain', trouble }),
  });
}

/** Where IT has named a feed. Not a line of it is loaded elsewhere. */
async function lookForUpdates(desk: App): Promise<void> {
  const configuration = managed();
  const feed = configuration.kind === 'read' ? configuration.settings.updateFeed : undefined;
  if (typeof feed !== 'string') return;
  const { startUpdates } = await import('./start-updates.ts');
  app.on('before-quit', startUpdates({ feed, desk, log, language: spoken.current }).stop);
}

/** A bug nobody caught: written down without its message, and nothing is sent any more. */
function haltOnBugs(desk: App): void {
  const halt = (error: unknown) => void desk.halt(log.reportBug(error));
  process.on('uncaughtException', halt);
  process.on('unhandledRejection', halt);
}
