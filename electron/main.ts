import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  app,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  session,
  type BrowserWindow,
} from 'electron/main';
import { SITE_COMMANDS } from './cli/site-commands.ts';
import { showWindow } from './window/show-window.ts';
import { quitGracefully } from './lifecycle/quit.ts';
import { serve } from './ipc/serve.ts';
import { createLanguageSetting } from './i18n/saved-language.ts';
import { collectDeepLinks } from './prefill/deep-link-events.ts';
import { createEventLog } from './event-log.ts';
import { HIDDEN_SWITCH } from './os/autostart.ts';
import { systemClock } from './os/system-clock.ts';
import { wasStartedAtLogin } from './os/launch-info.ts';
import { isFromPage, registerPageScheme, servePage } from './window/page-protocol.ts';
import { createCrashRecovery } from './window/crash-recovery.ts';
import {
  areArgumentsTooLong,
  findRefusedSwitch,
  removeCertificateVariables,
} from './lifecycle/refused-switches.ts';
import {
  denyNavigation,
  firstPaint,
  openWindow,
  watchClosing,
  type DeskWindow,
} from './window/main-window.ts';

// Import only what the first field needs: docs/decisions/0021-the-field-comes-first.md.

const folder = import.meta.dirname;
const dataFolder = app.getPath('userData');
// Windows links notifications and the taskbar button to the installed shortcut by this id (electron-builder's appId).
if (process.platform === 'win32') app.setAppUserModelId('app.deskbell');
const log = createEventLog({
  folder: join(dataFolder, 'logs'),
  now: systemClock.now,
  newReference: () => randomUUID().slice(0, 8),
});

const spoken = createLanguageSetting(join(dataFolder, 'language'), () =>
  app.getPreferredSystemLanguages(),
);

// SECURITY: docs/security.md, "Switches". In development every switch is allowed.
const refused = app.isPackaged
  ? findRefusedSwitch(process.argv.slice(1), process.platform)
  : undefined;
// SECURITY: must run before the certificates of the system are first read.
if (app.isPackaged) removeCertificateVariables(process.env);
if (refused !== undefined) {
  refuse(refused);
} else if (areArgumentsTooLong(process.argv)) {
  dialog.showErrorBox('Deskbell can’t start with arguments of this length', '');
  app.exit(1);
} else if (app.commandLine.hasSwitch('set-api-key')) {
  void import('./cli/run-command.ts').then(({ storeKey }) => storeKey(log));
} else if (app.commandLine.hasSwitch('reset-pin')) {
  void import('./cli/run-command.ts').then(({ removePin }) => removePin(dataFolder, log));
} else if (SITE_COMMANDS.some((name) => app.commandLine.hasSwitch(name))) {
  void import('./cli/run-command.ts').then(({ runSiteCommand }) => runSiteCommand(log));
} else if (app.requestSingleInstanceLock()) {
  registerPageScheme();
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#4-enable-process-sandboxing
  // Where the launcher had to switch it off (root in a container), insisting on it would only crash every child.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (process.platform !== 'darwin') paintWithoutGraphicsCard();
  app.on('web-contents-created', (_event, contents) => denyNavigation(contents));
  void openDeskbell();
} else {
  void import('./lifecycle/single-instance.ts').then(({ quitSecondInstance }) =>
    quitSecondInstance(dataFolder, spoken.current()),
  );
}

/**
 * Refuses a start, with a message for the author of the command line: IT, or another program. On Linux without a
 * window: the message goes to the terminal.
 */
function refuse(argument: string): void {
  dialog.showErrorBox(
    'Deskbell can’t start with this switch',
    `${argument}\n\nIt would let another program use Deskbell, or change where it sends to. Start Deskbell without it.`,
  );
  app.exit(1);
}

/** docs/decisions/0023-without-the-graphics-card.md */
function paintWithoutGraphicsCard(): void {
  app.disableHardwareAcceleration();
  // Otherwise Chromium emulates a graphics card on the processor.
  app.commandLine.appendSwitch('disable-software-rasterizer');
}

async function openDeskbell(): Promise<void> {
  const links = collectDeepLinks();
  // Otherwise Electron creates its own menu before the window. macOS needs that one until ours is there.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  await app.whenReady();
  const page = session.fromPartition('desk', { cache: false });
  servePage(page, join(folder, 'renderer'), spoken.current);

  const start = wasStartedAtLogin() ? 'hidden' : 'shown';
  const opened = openWindow({
    session: page,
    folder,
    placeFile: join(dataFolder, 'window.json'),
    platform: process.platform,
    isDark: nativeTheme.shouldUseDarkColors,
    isPackaged: app.isPackaged,
    start,
  });
  const { window } = opened;
  recoverFromCrashes(opened);
  window.once('ready-to-show', () => log.write({ event: 'shown' }));
  const wasClosedByPerson = watchClosing(window);
  app.on('second-instance', (_event, args) => {
    // The system may start Deskbell once more with the computer; that must not show the window.
    if (!args.includes(`--${HIDDEN_SWITCH}`)) showWindow(window);
  });
  app.on('activate', () => showWindow(window));

  const started = firstPaint(window, systemClock)
    .then(() => import('./lifecycle/start-app.ts'))
    .then(({ startApp }) => startApp({ ...opened, folder, dataFolder, log, spoken, links, start }));
  serve({
    ipc: ipcMain,
    handlers: async () => (await started).handlers,
    isTrusted: isFromPage,
    reportBug: log.reportBug,
    asFailure: async (error) => (await started).asFailure(error),
  });
  const quitting = quitGracefully({ opened: started, log });
  app.on('window-all-closed', () => {
    // SECURITY: a page that closes its own window bypasses the kiosk's PIN and the close confirmation.
    if (!wasClosedByPerson()) quitting.startAgain();
    app.quit();
  });
  started.catch((error: unknown) => {
    log.reportBug(error);
    // Show the page's error even after a hidden start.
    showWindow(window);
  });
}

/** Closes the window as a user would, after the page has reloaded. */
function closeAfterReload(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  window.webContents.once('did-finish-load', () => window.close());
  window.webContents.reload();
}

/** Reloads the page after a crash, and asks the user when that does not help. */
function recoverFromCrashes({ window, kiosk }: DeskWindow): void {
  const recovery = createCrashRecovery({
    clock: systemClock,
    reload: () => {
      if (!window.isDestroyed()) window.webContents.reload();
    },
    ask: async () => {
      const { loadTranslations } = await import('./i18n/translations.ts');
      const { askAfterCrashes } = await import('./window/dialogs.ts');
      const { t } = await loadTranslations(spoken.current(), app.getSystemLocale());
      return askAfterCrashes(window, t);
    },
    quit: () => {
      // SECURITY: only a manager closes a kiosk, and only a reloaded page can ask for the PIN.
      if (kiosk.isOn()) closeAfterReload(window);
      else app.quit();
    },
    reportBug: log.reportBug,
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    log.write({ event: 'renderer-gone', reason });
    recovery.crashed();
  });
  // Electron restarts the GPU process by itself.
  app.on('child-process-gone', (_event, { type, reason }) => {
    log.write({ event: 'child-gone', type, reason });
  });
}
