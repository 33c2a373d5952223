import { join } from 'node:path';
import { nativeImage } from 'electron/common';
import { app, dialog, Menu, Notification, Tray, type BrowserWindow } from 'electron/main';
import type { TFunction } from 'i18next';
import type { Call } from './presence.ts';

export type DesktopParts = {
  readonly window: BrowserWindow;
  /** The folder of the built application, where its pictures are. */
  readonly folder: string;
  readonly t: TFunction;
  readonly onFlush: () => void;
  readonly onQuit: () => void;
};

export type Desktop = {
  readonly showWaiting: (count: number) => void;
  readonly callPerson: (call: Call) => void;
  /** What to do with the window that somebody closes while invitations wait. */
  readonly askHowToClose: (count: number) => Promise<'keep' | 'quit' | 'cancel'>;
};

/** Brings the window to the front, wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/**
 * Puts the window out of the way while Deskbell goes on. Linux cannot tell whether a desktop shows a tray, and a window
 * that is hidden without one could not be found again.
 */
export function putAside(window: BrowserWindow, platform: NodeJS.Platform): void {
  if (platform === 'linux') window.minimize();
  else window.hide();
}

/** What Deskbell shows outside its window. */
export function openDesktop({ window, folder, t, onFlush, onQuit }: DesktopParts): Desktop {
  const picture = (name: string) => nativeImage.createFromPath(join(folder, name));
  const tray = new Tray(picture('tray.png'));
  tray.on('click', () => showWindow(window));

  const showWaiting = (count: number): void => {
    const waiting = t('tray.waiting', { count });
    tray.setImage(picture(count === 0 ? 'tray.png' : 'tray-waiting.png'));
    tray.setToolTip(count === 0 ? t('product') : `${t('product')} – ${waiting}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: t('tray.open'), click: () => showWindow(window) },
        { label: waiting, enabled: false },
        { label: t('outbox.flush'), enabled: count > 0, click: onFlush },
        { type: 'separator' },
        { label: t('tray.quit'), click: onQuit },
      ]),
    );
    app.setBadgeCount(count);
    if (process.platform === 'win32' && !window.isDestroyed()) {
      window.setOverlayIcon(count === 0 ? null : picture('badge.png'), waiting);
    }
  };
  showWaiting(0);

  return {
    showWaiting,
    callPerson: (call) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({
        title: t('product'),
        body: t(`notification.${call}`),
      });
      notification.on('click', () => showWindow(window));
      notification.show();
    },
    askHowToClose: async (count) => {
      const { response } = await dialog.showMessageBox(window, {
        type: 'question',
        message: t('closing.title', { count }),
        detail: t('closing.text'),
        buttons: [t('closing.keep'), t('closing.quit'), t('closing.cancel')],
        defaultId: 0,
        cancelId: 2,
        noLink: true,
      });
      return (['keep', 'quit', 'cancel'] as const)[response] ?? 'cancel';
    },
  };
}
