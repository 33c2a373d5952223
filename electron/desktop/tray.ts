import { join } from 'node:path';
import { nativeImage, type NativeImage } from 'electron/common';
import { app, dialog, Menu, Notification, Tray, type BrowserWindow } from 'electron/main';
import type { TFunction } from 'i18next';
import type { AtStake, ClosingAnswer } from '../window/close-confirmation.ts';
import type { Kiosk } from '../window/kiosk.ts';
import type { NotificationKind } from './notifier.ts';
import { showWindow } from '../window/show-window.ts';

export type TrayParts = {
  readonly window: BrowserWindow;
  readonly kiosk: Pick<Kiosk, 'isOn'>;
  readonly platform: NodeJS.Platform;
  /** The folder of the built application, with its icons. */
  readonly folder: string;
  readonly t: TFunction;
  readonly onFlush: () => void;
  readonly onQuit: () => void;
  /** Called where there is no tray or a broken one: sending goes on. */
  readonly onNoTray: (error: unknown) => void;
};

export type TrayAndBadge = {
  readonly showWaiting: (count: number) => void;
  /** Redraws everything after a change of the language or the available actions. */
  readonly redraw: () => void;
  readonly notifyPerson: (call: NotificationKind) => void;
  /** Asks what to do when closing the window would lose form input or leave invitations unsent. */
  readonly askHowToClose: (stake: AtStake, signal: AbortSignal) => Promise<ClosingAnswer>;
  /** Hides the window while Deskbell goes on: into the tray, or minimised where there is no tray. */
  readonly hideWindow: () => void;
};

type Picture = 'tray' | 'tray-waiting' | 'badge';

/** Opens the tray icon, the badge and the notifications. */
export function openTrayAndBadge(parts: TrayParts): TrayAndBadge {
  const { window, platform, t } = parts;
  const tray = openTray(parts);
  // Linux cannot tell whether a desktop shows a tray, and without one a hidden window is hard to find again.
  const hides = tray !== undefined && platform !== 'linux';
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
    askHowToClose: (stake, signal) => askHowToClose(parts, { stake, signal, hides }),
    hideWindow: () => {
      if (!hides) window.minimize();
      else if (platform === 'darwin' && window.isFullScreen()) leaveFullScreenAndHide(window);
      else window.hide();
    },
  };
}

function openTray({ window, onNoTray, ...parts }: TrayParts): Tray | undefined {
  try {
    const tray = new Tray(pictureOf(parts, 'tray'));
    // On macOS a click opens the menu.
    if (parts.platform !== 'darwin') tray.on('click', () => showWindow(window));
    return tray;
  } catch (error) {
    onNoTray(error);
    return undefined;
  }
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
  { folder, platform }: Pick<TrayParts, 'folder' | 'platform'>,
  name: Picture,
): NativeImage {
  const kind = KINDS[platform] ?? '';
  return nativeImage.createFromPath(join(folder, 'tray', `${name}${kind}.png`));
}

async function askHowToClose(
  { window, t }: TrayParts,
  question: { readonly stake: AtStake; readonly signal: AbortSignal; readonly hides: boolean },
): Promise<ClosingAnswer> {
  const { waiting, isFormFilled } = question.stake;
  const { signal } = question;
  if (waiting === 0) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: t('closing.form.title'),
      detail: t('closing.form.text'),
      buttons: [t('closing.form.back'), t('closing.form.quit')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal,
    });
    return response === 1 ? 'quit' : 'cancel';
  }
  const way = question.hides ? 'tray' : 'minimised';
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: t('closing.title', { count: waiting }),
    detail: t(isFormFilled ? 'closing.textForm' : 'closing.text'),
    buttons: [t(`closing.keep.${way}`), t('closing.quit'), t('closing.cancel')],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
    signal,
  });
  return (['keep', 'quit', 'cancel'] as const)[response] ?? 'cancel';
}

/** macOS leaves a black screen behind a window that is hidden in full screen. */
function leaveFullScreenAndHide(window: BrowserWindow): void {
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
}
