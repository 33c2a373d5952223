import { join } from 'node:path';
import { BrowserWindow, screen, type Session, type WebContents } from 'electron/main';
import { openKiosk, type Kiosk } from './kiosk.ts';
import { PAGE_URL, isPageUrl } from './page-protocol.ts';
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
  /** Where this PC remembers how the window was left. */
  readonly placeFile: string;
  readonly platform: NodeJS.Platform;
  readonly isDark: boolean;
  readonly isPackaged: boolean;
  /** Whether the window waits unseen, because Deskbell was started with the computer. */
  readonly start: 'shown' | 'hidden';
  /** The page crashed; what becomes of it is the caller's. */
  readonly onGone: (reason: string) => void;
};

/** The colours of the page before its style sheet is there, so that no white ever flashes. */
const PAPER = { light: '#f7f3ea', dark: '#191715' } as const;

export type DeskWindow = {
  readonly window: BrowserWindow;
  readonly kiosk: Kiosk;
  /** Makes everything on the page one step larger or smaller, or as large as it was at first. */
  readonly zoom: (change: ZoomChange) => void;
};

/** Opens the one window where it was left. It is shown on its first paint, unless it starts hidden. */
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
      // Elsewhere than on macOS the dictionaries would come from the internet.
      spellcheck: parts.platform === 'darwin',
      zoomFactor: left?.zoom ?? 1,
      // No dialog of the system that a page can open by itself; files are chosen in hand-out.ts.
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
  // SECURITY: no customer gets into the title, which others see: in the task bar, in a shared screen.
  window.on('page-title-updated', (event) => event.preventDefault());
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') parts.onGone(reason);
  });
  keepOnScreen(window);
  const rememberSoon = rememberPlace(window, parts.placeFile);
  const zoom = (change: ZoomChange): void => {
    webContents.setZoomFactor(changeZoom(webContents.getZoomFactor(), change));
    rememberSoon();
  };
  // Ctrl or Cmd with the wheel of the mouse.
  webContents.on('zoom-changed', (_event, direction) => zoom(direction));
  void window.loadURL(PAGE_URL);
  return { window, kiosk: openKiosk(window), zoom };
}

/** The screens that are there now without their task bars, the main one first. */
function readWorkAreas(): readonly [Rectangle, ...Rectangle[]] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main.workArea, ...others.map(({ workArea }) => workArea)];
}

/** Brings the window back to a screen whenever it is shown, and when the screens change: an invisible window looks like none. */
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

/** Moves the window to a screen that is there now, unless it can be reached where it is. */
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

/** Long after every page that is ever going to be painted. */
const PAINT_MS = 3 * SECOND_MS;

/** Resolves when the page has been painted for the first time, when it never will be, or when that takes too long. */
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

/** Writes down how the window is left when it closes, and soon after it came to rest: the returned function says so. */
function rememberPlace(window: BrowserWindow, file: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  const remember = (): void => {
    clearTimeout(timer);
    // A kiosk's full screen is not a place that somebody chose.
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
 * Whether a window that is gone was closed by a person or by Deskbell: then `close` came first, and nobody objected. The
 * `window.close()` of a page, and a page that takes its window down, ask nobody.
 */
export function watchClosing(window: BrowserWindow): () => boolean {
  let last: { readonly defaultPrevented: boolean } | undefined;
  window.on('close', (event) => {
    last = event;
  });
  return () => last?.defaultPrevented === false;
}

/** Keeps every page where it is: no navigation, no new window, no webview. */
export function denyNavigation(contents: WebContents): void {
  const stay = (event: { readonly preventDefault: () => void; readonly url?: string }): void => {
    if (event.url !== PAGE_URL) event.preventDefault();
  };
  // SECURITY: with the proxy of page.ts no road is left: https://www.electronjs.org/docs/latest/api/web-contents
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#14-disable-or-limit-creation-of-new-windows
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#12-verify-webview-options-before-creation
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // SECURITY: a page moves and resizes no window, a kiosk's least of all.
  contents.on('content-bounds-updated', (event) => event.preventDefault());
  // SECURITY: a page cannot keep Deskbell from quitting.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
}

/** Whether an IPC message comes from the top frame of the page. A frame that is gone or has navigated is nobody. */
export function isFromPage(event: {
  readonly senderFrame: { readonly origin: string; readonly url: string } | null;
  readonly sender: { readonly mainFrame: unknown };
}): boolean {
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
  return (
    event.senderFrame !== null &&
    event.senderFrame === event.sender.mainFrame &&
    isPageUrl(event.senderFrame.url)
  );
}
