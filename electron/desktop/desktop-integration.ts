import { app, clipboard, globalShortcut, powerMonitor, type BrowserWindow } from 'electron/main';
import type { TFunction } from 'i18next';
import type { SystemSettingsStatus } from '../../shared/system-settings.ts';
import type { App } from '../app/create-app.ts';
import {
  createCloseConfirmation,
  createSessionEnd,
  type CloseConfirmation,
} from '../window/close-confirmation.ts';
import { hidingPlace, openTray, openTrayAndBadge } from './tray.ts';
import { offerContextMenu } from '../window/context-menu.ts';
import { askHowToClose } from '../window/dialogs.ts';
import { createSystemSettings, type SystemSettingsApplier } from './apply-system-settings.ts';
import { LINK_SCHEME } from '../prefill/deep-link-args.ts';
import type { Prefills } from '../prefill/prefill.ts';
import { askToLeave, type Kiosk } from '../window/kiosk.ts';
import type { EventLog } from '../event-log.ts';
import type { PageEvents } from '../window/page-events.ts';
import { setMenu } from '../window/menu.ts';
import { hideWindow, type HidingPlace } from '../window/show-window.ts';
import { openAutostart } from '../os/autostart.ts';
import { relaunchCommand } from '../os/launch-info.ts';
import { openProtocolClient } from '../os/protocol-client.ts';
import { systemClock } from '../os/system-clock.ts';
import { createNotifier } from './notifier.ts';
import type { LanguageSetting } from '../i18n/saved-language.ts';
import { loadTranslations } from '../i18n/translations.ts';
import type { ZoomChange } from '../window/zoom.ts';

export type DesktopIntegrationParts = {
  readonly window: BrowserWindow;
  readonly kiosk: Kiosk;
  readonly zoom: (change: ZoomChange) => void;
  /** The folder of the built application. */
  readonly folder: string;
  readonly log: EventLog;
  readonly spoken: LanguageSetting;
  readonly deskbell: App;
  readonly events: PageEvents;
  readonly prefills: Prefills;
  /** Whether the form holds unsaved input. */
  readonly isFormFilled: () => boolean;
};

export type DesktopIntegration = {
  readonly readStatus: () => SystemSettingsStatus;
  /** Closes the kiosk for a manager. */
  readonly leaveKiosk: () => void;
  /** Hides or minimises the window after a start with the computer. */
  readonly hideWindow: () => void;
};

/** Joins everything outside the page: tray, badge, notifications, menu, hot-key, links and the close confirmation. */
export async function openDesktopIntegration(
  parts: DesktopIntegrationParts,
): Promise<DesktopIntegration> {
  const { window, kiosk, folder, log, spoken, deskbell, events } = parts;
  const { platform } = process;
  const translations = await loadTranslations(spoken.current(), app.getSystemLocale());
  const { t } = translations;
  const tray = openTray({ window, platform, folder, onNoTray: log.reportBug });
  const place = hidingPlace(tray, platform);
  const closing = confirmClosing(parts, t, place);
  const trayAndBadge = openTrayAndBadge({
    window,
    kiosk,
    platform,
    folder,
    tray,
    t,
    onFlush: () => void flushNow(deskbell, log),
    onQuit: closing.quit,
  });
  const notifier = createNotifier({
    ...trayAndBadge,
    clock: systemClock,
    deskStatus: deskbell.deskStatus,
    isWatched: () => !window.isDestroyed() && window.isFocused(),
  });
  const drawMenu = (): void => {
    setMenu({
      platform,
      t,
      shape: kiosk.isOn() ? 'kiosk' : 'whole',
      zoom: parts.zoom,
      quit: closing.quit,
      choose: (choice) => events.emit('menu.itemChosen', choice),
    });
  };
  const redraw = (): void => {
    trayAndBadge.redraw();
    drawMenu();
  };
  const systemSettings = applySystemSettings(parts, redraw);
  const followSettings = async (): Promise<void> => {
    const settings = (await deskbell.session())?.settings();
    if (settings !== undefined && !window.isDestroyed()) systemSettings.follow(settings);
  };
  const followLanguage = async (): Promise<void> => {
    await translations.speak(spoken.current());
    redraw();
  };

  window.on('focus', notifier.seen);
  app.on('before-quit', notifier.stop);
  spoken.onChange(() => void followLanguage());
  events.onEmit((event) => {
    notifier.changed();
    if (event === 'app.changed') void followSettings();
  });
  drawMenu();
  offerContextMenu(window, t);
  void deskbell.session().then(notifier.changed);
  void followSettings();
  // The language may have changed during loading.
  void followLanguage();
  return {
    readStatus: systemSettings.standing,
    leaveKiosk: closing.leave,
    hideWindow: () => hideWindow(window, place),
  };
}

/** Creates the question that appears when closing the window would lose form input or leave invitations unsent. */
function confirmClosing(
  parts: DesktopIntegrationParts,
  t: TFunction,
  place: HidingPlace,
): CloseConfirmation {
  const { window, kiosk, deskbell, log } = parts;
  const closing = createCloseConfirmation({
    isGuarded: kiosk.isOn,
    askManager: (leave) =>
      void askToLeave({
        mayLeave: () => mayLeaveWithoutPin(deskbell),
        leave,
        askPin: () => parts.events.emit('kiosk.exitRequested', {}),
        reportBug: log.reportBug,
      }),
    ask: (stake, signal) => askHowToClose(window, t, { stake, signal, place }),
    hideWindow: () => hideWindow(window, place),
    atStake: () => ({
      waiting: deskbell.deskStatus()?.waiting ?? 0,
      isFormFilled: parts.isFormFilled(),
    }),
    quit: () => app.quit(),
    reportBug: log.reportBug,
  });
  window.on('close', closing.close);
  const session = createSessionEnd({ closing, closeApp: deskbell.close, reportBug: log.reportBug });
  window.on('query-session-end', session.asked);
  window.on('session-end', session.ends);
  powerMonitor.on('shutdown', closing.end);
  app.on('before-quit', closing.end);
  return closing;
}

/** Applies autostart, hot key, links and kiosk to this PC. `onKiosk`: the kiosk was switched on or off. */
function applySystemSettings(
  { kiosk, log, prefills }: DesktopIntegrationParts,
  onKiosk: () => void,
): SystemSettingsApplier {
  const { platform, env } = process;
  const command = relaunchCommand();
  const autostart = openAutostart({ platform, command, app, env, homeFolder: app.getPath('home') });
  // A development build must not take the links from the installed one.
  const protocolClient = app.isPackaged
    ? openProtocolClient({ scheme: LINK_SCHEME, platform, command, app })
    : undefined;
  const takeClipboard = async (): Promise<void> => {
    try {
      // Electron 33 returns the text itself, a newer one a promise.
      await prefills.clipboard(await clipboard.readText());
    } catch (error) {
      log.reportBug(error);
    }
  };
  return createSystemSettings({
    setAutostart: autostart.set,
    registerHotKey: (key) => globalShortcut.register(key, () => void takeClipboard()),
    releaseHotKey: (key) => globalShortcut.unregister(key),
    setLinkHandler: (wish) => protocolClient?.set(wish),
    setKiosk: (wish) => {
      kiosk.set(wish);
      onKiosk();
    },
    reportBug: log.reportBug,
  });
}

/** Whether a kiosk may close without a PIN. A session that is not open does not prove that there is none. */
async function mayLeaveWithoutPin(deskbell: App): Promise<boolean> {
  const session = await deskbell.session();
  if (session === undefined) return false;
  return (await session.settingsService.refuseKioskExit(null)) === undefined;
}

/** Runs "Try all now" from the tray. */
async function flushNow(deskbell: App, log: EventLog): Promise<void> {
  try {
    (await deskbell.session())?.manualActions.flushNow();
  } catch (error) {
    // The next flush shows storage trouble in the banner.
    if (deskbell.asFailure(error) === undefined) log.reportBug(error);
  }
}
