import { join } from 'node:path';
import { BrowserWindow, type Session, type WebContents } from 'electron/main';
import { PAGE_URL, isPageUrl } from './page.ts';

export type WindowParts = {
  readonly session: Session;
  /** The folder of the built application. */
  readonly folder: string;
  readonly isDark: boolean;
  readonly isPackaged: boolean;
  readonly onGone: (reason: string) => void;
};

/** The colours of the page before its style sheet is there, so that no white ever flashes. */
const PAPER = { light: '#f7f3ea', dark: '#191715' } as const;

/** Opens the one window. It is shown on its first paint. */
export function openWindow(parts: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    width: 1120,
    height: 780,
    minWidth: 480,
    minHeight: 480,
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
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
      devTools: !parts.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, details) => {
    parts.onGone(details.reason);
    if (details.reason !== 'clean-exit') window.webContents.reload();
  });
  void window.loadURL(PAGE_URL);
  return window;
}

/** Keeps every page where it is: no navigation, no new window, no webview. */
export function confine(contents: WebContents): void {
  const stay = (event: { readonly preventDefault: () => void; readonly url?: string }): void => {
    if (event.url !== PAGE_URL) event.preventDefault();
  };
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#14-disable-or-limit-creation-of-new-windows
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#12-verify-webview-options-before-creation
  contents.on('will-attach-webview', (event) => event.preventDefault());
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
