import type { BrowserWindow } from 'electron/main';
import { bringOnScreen } from './main-window.ts';

/** Brings the window to the front, on a current screen. */
export function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  bringOnScreen(window);
  window.show();
  window.focus();
}
