import { join } from 'node:path';
import { BrowserWindow, screen, type Session, type WebContents } from 'electron/main';
import { openKiosk, type Kiosk } from './kiosk.ts';
import { PAGE_URL } from './page-protocol.ts';
import { SECOND_MS, type Clock } from '../../shared/time.ts';
import {
  backOnScreen,
  fitOnScreen,
  LEAST_SIZE,
  loadWindowState,
  saveWindowState,
  type Rectangle,
} from './window-state.ts';
import { changeZoom, type ZoomChange } from './zoom.ts';

export type WindowParts = {
  readonly session: Session;
  /** The folder of the built application. */
  readonly folder: string;
  /** The file that stores the window's position on this PC. */
  readonly placeFile: string;
  readonly platform: NodeJS.Platform;
  readonly isDark: boolean;
  readonly isPackaged: boolean;
  /** Whether the window stays hidden, because Deskbell was started with the computer. */
  readonly start: 'shown' | 'hidden';
};

/** The page's colours before its style sheet loads, to avoid a white flash. */
const PAPER = { light: '#f7f3ea', dark: '#191715' } as const;

export type DeskWindow = {
  readonly window: BrowserWindow;
  readonly kiosk: Kiosk;
  /** Zooms the page in or out by one step, or resets it. */
  readonly zoom: (change: ZoomChange) => void;
};

/** Opens the one window at its last position. Shown on its first paint, unless it starts hidden. */
export function openWindow(parts: WindowParts): DeskWindow {
  const left = loadWindowState(parts.placeFile);
  const window = new BrowserWindow({
    ...fitOnScreen(left?.bounds, readWorkAreas()),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    title: 'Deskbell',
    icon: join(parts.folder, 'icon.png'),
    backgroundColor: parts.isDark ? PAPER.dark : PAPER.light,
    autoHideMenuBar: true,
    webPreferences: {
      session: parts.session,
      preload: join(parts.folder, 'preload.cjs'),
      // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security (items 2, 3, 4, 6, 8 to 11)
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      // Except on macOS, the dictionaries would be downloaded from the internet.
      spellcheck: parts.platform === 'darwin',
      zoomFactor: left?.zoom ?? 1,
      // Blocks system dialogs that a page could open by itself; files are chosen in dialogs.ts.
      disableBlinkFeatures: 'Auxclick,FileSystemAccess,FileSystemAccessLocal',
      devTools: !parts.isPackaged,
    },
  });
  const showAsLeft = (): void => {
    if (left?.isMaximized === true) window.maximize();
  };
  if (parts.start === 'hidden') {
    window.once('show', showAsLeft);
  } else {
    window.once('ready-to-show', () => {
      showAsLeft();
      window.show();
    });
  }
  // SECURITY: no customer may appear in the title, which others see in the task bar or a shared screen.
  window.on('page-title-updated', (event) => event.preventDefault());
  const { webContents } = window;
  keepOnScreen(window);
  const rememberSoon = rememberPlace(window, parts.placeFile);
  const zoom = (change: ZoomChange): void => {
    webContents.setZoomFactor(changeZoom(webContents.getZoomFactor(), change));
    rememberSoon();
  };
  // Ctrl or Cmd with the mouse wheel.
  webContents.on('zoom-changed', (_event, direction) => zoom(direction));
  void window.loadURL(PAGE_URL);
  return { window, kiosk: openKiosk(window), zoom };
}

/** Returns the current screens without their task bars, the main one first. */
function readWorkAreas(): readonly [Rectangle, ...Rectangle[]] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main.workArea, ...others.map(({ workArea }) => workArea)];
}

/** Moves the window back to a screen when it is shown or the screens change: off-screen it looks closed. */
function keepOnScreen(window: BrowserWindow): void {
  const check = (): void => bringOnScreen(window);
  window.on('show', check);
  window.on('restore', check);
  screen.on('display-removed', check);
  screen.on('display-metrics-changed', check);
  window.once('closed', () => {
    screen.off('display-removed', check);
    screen.off('display-metrics-changed', check);
  });
}

/** Moves the window to a current screen, unless it can be reached where it is. */
export function bringOnScreen(window: BrowserWindow): void {
  // A minimised window has no bounds; they are checked when it is restored. A full-screen window belongs to a screen.
  if (window.isDestroyed() || window.isMinimized() || window.isFullScreen() || window.isKiosk())
    return;
  const place = backOnScreen(window.getBounds(), readWorkAreas());
  if (place === undefined) return;
  const isMaximized = window.isMaximized();
  if (isMaximized) window.unmaximize();
  window.setBounds(place);
  if (isMaximized) window.maximize();
}

/** Longer than any successful first paint takes. */
const PAINT_MS = 3 * SECOND_MS;

/** Resolves when the page has been painted for the first time, can never be, or takes too long. */
export function firstPaint(window: BrowserWindow, clock: Pick<Clock, 'after'>): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      resolve();
    };
    const cancel = clock.after(PAINT_MS, end);
    window.once('ready-to-show', end);
    window.once('closed', end);
  });
}

/** Saves the window's position when it closes, and soon after it stops moving; the returned function triggers that. */
function rememberPlace(window: BrowserWindow, file: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  const remember = (): void => {
    clearTimeout(timer);
    // A kiosk's full screen was not chosen by the user.
    if (window.isDestroyed() || window.isKiosk()) return;
    saveWindowState(file, {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      zoom: window.webContents.getZoomFactor(),
    });
  };
  const rememberSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(remember, SECOND_MS);
  };
  window.on('resize', rememberSoon);
  window.on('move', rememberSoon);
  window.on('close', remember);
  return rememberSoon;
}

/**
 * Whether a closed window was closed by the user or by Deskbell: then an uncancelled `close` came first. The
 * `window.close()` of a page, and a page that takes its window down, send none.
 */
export function watchClosing(window: BrowserWindow): () => boolean {
  let last: { readonly defaultPrevented: boolean } | undefined;
  window.on('close', (event) => {
    last = event;
  });
  return () => last?.defaultPrevented === false;
}

/** Blocks all navigation, new windows and webviews. */
export function denyNavigation(contents: WebContents): void {
  const stay = (event: { readonly preventDefault: () => void; readonly url?: string }): void => {
    if (event.url !== PAGE_URL) event.preventDefault();
  };
  // SECURITY: with the proxy of page-protocol.ts this blocks all WebRTC traffic:
  // https://www.electronjs.org/docs/latest/api/web-contents
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#14-disable-or-limit-creation-of-new-windows
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#12-verify-webview-options-before-creation
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // SECURITY: a page may not move or resize a window, especially a kiosk's.
  contents.on('content-bounds-updated', (event) => event.preventDefault());
  // SECURITY: a page must not keep Deskbell from quitting.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
}
