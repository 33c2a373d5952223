import type { BrowserWindow } from 'electron/main';
import { bringOnScreen } from './main-window.ts';

/** Where the user finds a hidden window again. */
export type HidingPlace = 'tray' | 'minimised';

/** Brings the window to the front, on a current screen. */
export function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  bringOnScreen(window);
  window.show();
  window.focus();
}

/** Hides the window while Deskbell goes on. */
export function hideWindow(window: BrowserWindow, place: HidingPlace): void {
  if (place === 'minimised') window.minimize();
  else if (process.platform === 'darwin' && window.isFullScreen()) leaveFullScreenAndHide(window);
  else window.hide();
}

/** macOS leaves a black screen behind a window that is hidden in full screen. */
function leaveFullScreenAndHide(window: BrowserWindow): void {
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
}
