import { app, globalShortcut, powerMonitor, type BrowserWindow } from 'electron/main';
import type { SystemSettingsStatus } from '../../shared/system-settings.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EventDetail } from '../../shared/ipc/contract.ts';
import type { App } from '../app/create-app.ts';
import {
  createCloseConfirmation,
  createSessionEnd,
  type CloseConfirmation,
} from '../window/close-confirmation.ts';
import { openTrayAndBadge, type TrayAndBadge } from './tray.ts';
import { offerContextMenu } from '../window/context-menu.ts';
import { createSystemSettings } from './apply-system-settings.ts';
import type { Prefills } from '../prefill/prefill.ts';
import { askToLeave, type Kiosk } from '../window/kiosk.ts';
import type { EventLog } from '../event-log.ts';
import { setMenu } from '../window/menu.ts';
import type { Autostart } from '../os/autostart.ts';
import { systemClock } from '../os/system-clock.ts';
import type { ProtocolClient } from '../os/protocol-client.ts';
import { createNotifier } from './notifier.ts';
import type { Translations } from '../i18n/translations.ts';
import type { ZoomChange } from '../window/zoom.ts';

export type DesktopIntegrationParts = {
  readonly window: BrowserWindow;
  readonly kiosk: Kiosk;
  readonly zoom: (change: ZoomChange) => void;
  readonly deskbell: App;
  readonly translations: Translations;
  readonly platform: NodeJS.Platform;
  /** The folder of the built application. */
  readonly folder: string;
  readonly log: EventLog;
  readonly autostart: Autostart;
  readonly linkHandler: ProtocolClient;
  readonly prefills: Prefills;
  /** Called only when the hot-key is pressed. */
  readonly readClipboard: () => Promise<string>;
  readonly emit: <N extends EventName>(name: N, detail: EventDetail<N>) => void;
};

export type DesktopIntegration = {
  /** Updates tray, badge and system settings after an event for the page. */
  readonly changed: (event: EventName) => void;
  readonly speak: (language: Language) => void;
  readonly standing: () => SystemSettingsStatus;
  /** Closes the kiosk for a manager. */
  readonly leave: () => void;
  /** Hides or minimises the window after a start with the computer. */
  readonly hideWindow: () => void;
};

/** Joins everything outside the page: tray, badge, notifications, menu, hot-key, links and the close confirmation. */
export function openDesktopIntegration(parts: DesktopIntegrationParts): DesktopIntegration {
  const { window, kiosk, deskbell, translations, platform, log, emit } = parts;
  const { t } = translations;
  const desktop = openTrayAndBadge({
    window,
    kiosk,
    platform,
    folder: parts.folder,
    t,
    onFlush: () => void flushNow(deskbell, log),
    onQuit: () => closing.quit(),
    onNoTray: log.reportBug,
  });
  const notifier = createNotifier({
    ...desktop,
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
      quit: () => closing.quit(),
      choose: (choice) => emit('menu.itemChosen', choice),
    });
  };
  const takeUpClipboard = (): void => {
    parts.readClipboard().then(parts.prefills.clipboard).catch(log.reportBug);
  };
  const habits = createSystemSettings({
    setAutostart: parts.autostart.set,
    registerHotKey: (key) => globalShortcut.register(key, takeUpClipboard),
    releaseHotKey: (key) => globalShortcut.unregister(key),
    setLinkHandler: parts.linkHandler.set,
    setKiosk: (wish) => {
      kiosk.set(wish);
      desktop.redraw();
      drawMenu();
    },
    reportBug: log.reportBug,
  });
  const followSettings = async (): Promise<void> => {
    const settings = (await deskbell.session())?.settings();
    if (settings !== undefined && !window.isDestroyed()) habits.follow(settings);
  };
  const closing = mindClosing(parts, desktop, notifier.stop);
  window.on('focus', notifier.seen);
  drawMenu();
  offerContextMenu(window, t);
  void deskbell.session().then(notifier.changed);
  void followSettings();

  return {
    changed: (event) => {
      notifier.changed();
      if (event === 'app.changed') void followSettings();
    },
    speak: (language) => {
      void translations.speak(language).then(() => {
        drawMenu();
        desktop.redraw();
      });
    },
    standing: habits.standing,
    leave: closing.leave,
    hideWindow: desktop.hideWindow,
  };
}

/** Creates the question that appears when closing the window would lose form input or leave invitations unsent. */
function mindClosing(
  parts: DesktopIntegrationParts,
  desktop: TrayAndBadge,
  stop: () => void,
): CloseConfirmation {
  const { window, kiosk, deskbell, log } = parts;
  const closing: CloseConfirmation = createCloseConfirmation({
    isGuarded: kiosk.isOn,
    askManager: () =>
      void askToLeave({
        leave: () => deskbell.handlers['kiosk.exit']({ pin: null }),
        askPin: () => parts.emit('kiosk.exitRequested', {}),
        reportBug: log.reportBug,
      }),
    ...desktop,
    ask: desktop.askHowToClose,
    atStake: () => ({
      waiting: deskbell.deskStatus()?.waiting ?? 0,
      isFormFilled: deskbell.isFormFilled(),
    }),
    quit: () => app.quit(),
    reportBug: log.reportBug,
  });
  window.on('close', closing.close);
  const session = createSessionEnd({ closing, closeApp: deskbell.close, reportBug: log.reportBug });
  window.on('query-session-end', session.asked);
  window.on('session-end', session.ends);
  powerMonitor.on('shutdown', closing.end);
  app.on('before-quit', () => {
    closing.end();
    stop();
  });
  return closing;
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
