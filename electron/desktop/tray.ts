import { join } from 'node:path';
import { nativeImage, type NativeImage } from 'electron/common';
import { app, Menu, Notification, Tray, type BrowserWindow } from 'electron/main';
import type { TFunction } from 'i18next';
import type { Kiosk } from '../window/kiosk.ts';
import type { NotificationKind } from './notifier.ts';
import { showWindow, type HidingPlace } from '../window/show-window.ts';

type IconParts = {
  readonly window: BrowserWindow;
  readonly platform: NodeJS.Platform;
  /** The folder of the built application, with its icons. */
  readonly folder: string;
};

export type TrayParts = IconParts & {
  /** The icon from `openTray`. */
  readonly tray: Tray | undefined;
  readonly kiosk: Pick<Kiosk, 'isOn'>;
  readonly t: TFunction;
  readonly onFlush: () => void;
  readonly onQuit: () => void;
};

export type TrayAndBadge = {
  readonly showWaiting: (count: number) => void;
  /** Redraws everything after a change of the language or the available actions. */
  readonly redraw: () => void;
  readonly notifyPerson: (call: NotificationKind) => void;
};

type Picture = 'tray' | 'tray-waiting' | 'badge';

/** Opens the tray icon, still without a menu. Calls `onNoTray` where there is no tray or a broken one. */
export function openTray(
  parts: IconParts & { readonly onNoTray: (error: unknown) => void },
): Tray | undefined {
  try {
    const tray = new Tray(pictureOf(parts, 'tray'));
    // On macOS a click opens the menu.
    if (parts.platform !== 'darwin') tray.on('click', () => showWindow(parts.window));
    return tray;
  } catch (error) {
    parts.onNoTray(error);
    return undefined;
  }
}

/** Where the user finds the window again. Linux cannot tell whether a desktop shows a tray. */
export function hidingPlace(tray: Tray | undefined, platform: NodeJS.Platform): HidingPlace {
  return tray === undefined || platform === 'linux' ? 'minimised' : 'tray';
}

/** Draws the menu of the tray, the badge and the notifications. */
export function openTrayAndBadge(parts: TrayParts): TrayAndBadge {
  const { window, platform, tray, t } = parts;
  const calls = new Map<NotificationKind, Notification>();
  let waiting = 0;

  const showBadge = (): void => {
    app.setBadgeCount(waiting);
    if (platform !== 'win32' || window.isDestroyed()) return;
    const picture = waiting === 0 ? null : pictureOf(parts, 'badge');
    window.setOverlayIcon(picture, t('tray.waiting', { count: waiting }));
  };
  const showWaiting = (count: number): void => {
    waiting = count;
    if (tray !== undefined) showInTray(tray, parts, count);
    showBadge();
  };
  // Windows removes the badge with the taskbar button, which disappears when a window is hidden.
  window.on('show', showBadge);
  showWaiting(0);

  return {
    showWaiting,
    redraw: () => showWaiting(waiting),
    notifyPerson: (call) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({
        title: t('product'),
        body: t(`notification.${call}`),
      });
      notification.on('click', () => showWindow(window));
      notification.show();
      // Keep a reference: a collected notification no longer reacts to clicks.
      calls.get(call)?.close();
      calls.set(call, notification);
    },
  };
}

function showInTray(tray: Tray, parts: TrayParts, count: number): void {
  const { window, kiosk, t, onFlush, onQuit } = parts;
  const waiting = t('tray.waiting', { count });
  tray.setImage(pictureOf(parts, count === 0 ? 'tray' : 'tray-waiting'));
  tray.setToolTip(t('tray.tip', { count }));
  // Linux shows a change only if the menu is replaced.
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: t('tray.open'), click: () => showWindow(window) },
      { label: waiting, enabled: false },
      { label: t('outbox.flush'), enabled: count > 0, click: onFlush },
      // No Quit for a kiosk: it closes only in its window, where the page asks for the PIN.
      ...(kiosk.isOn()
        ? []
        : [{ type: 'separator' } as const, { label: t('tray.quit'), click: onQuit }]),
    ]),
  );
}

/** The suffix of each platform's own icons. */
const KINDS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Template', linux: '-large' };

/** Electron itself picks the file for the screen density; macOS colours a template image. */
function pictureOf(
  { folder, platform }: Pick<IconParts, 'folder' | 'platform'>,
  name: Picture,
): NativeImage {
  const kind = KINDS[platform] ?? '';
  return nativeImage.createFromPath(join(folder, 'tray', `${name}${kind}.png`));
}
