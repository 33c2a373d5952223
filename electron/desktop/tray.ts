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
  /** The folder of the built application, where its pictures are. */
  readonly folder: string;
  readonly t: TFunction;
  readonly onFlush: () => void;
  readonly onQuit: () => void;
  /** A desktop without a tray, or with a broken one, is no reason not to send. */
  readonly onNoTray: (error: unknown) => void;
};

export type TrayAndBadge = {
  readonly showWaiting: (count: number) => void;
  /** Shows everything anew: the words are others, or what may be chosen. */
  readonly redraw: () => void;
  readonly callPerson: (call: NotificationKind) => void;
  /** Asks what to do with the window that somebody closes while something would be left behind. */
  readonly askHowToClose: (stake: AtStake, signal: AbortSignal) => Promise<ClosingAnswer>;
  /** Puts the window out of the way while Deskbell goes on: into the tray, or where there is none minimised. */
  readonly putAside: () => void;
};

type Picture = 'tray' | 'tray-waiting' | 'badge';

/** What Deskbell shows outside its window. */
export function openTrayAndBadge(parts: TrayParts): TrayAndBadge {
  const { window, platform, t } = parts;
  const tray = openTray(parts);
  // Linux cannot tell whether a desktop shows a tray, and a window that is hidden without one is hard to find again.
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
  // Windows forgets the picture with the button, which goes when a window is hidden.
  window.on('show', showBadge);
  showWaiting(0);

  return {
    showWaiting,
    redraw: () => showWaiting(waiting),
    callPerson: (call) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({
        title: t('product'),
        body: t(`notification.${call}`),
      });
      notification.on('click', () => showWindow(window));
      notification.show();
      // One that nobody holds any more can be collected, and is then deaf to clicks.
      calls.get(call)?.close();
      calls.set(call, notification);
    },
    askHowToClose: (stake, signal) => askHowToClose(parts, { stake, signal, hides }),
    putAside: () => {
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
  // Linux takes a change only as a new menu.
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: t('tray.open'), click: () => showWindow(window) },
      { label: waiting, enabled: false },
      { label: t('outbox.flush'), enabled: count > 0, click: onFlush },
      // A kiosk ends where a manager can be asked.
      ...(kiosk.isOn()
        ? []
        : [{ type: 'separator' } as const, { label: t('tray.quit'), click: onQuit }]),
    ]),
  );
}

/** How the names of a platform's own pictures go on. */
const KINDS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Template', linux: '-large' };

/** Electron itself takes the file for the density of the screen, and colours a template as macOS wants it. */
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

/** macOS leaves a black screen behind a window that is hidden while it fills the screen. */
function leaveFullScreenAndHide(window: BrowserWindow): void {
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
}
