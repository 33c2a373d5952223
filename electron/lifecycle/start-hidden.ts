import type { BrowserWindow } from 'electron/main';
import type { App } from '../app/create-app.ts';
import { showWindow } from '../window/show-window.ts';
import type { DesktopIntegration } from '../desktop/desktop-integration.ts';

/** Keeps the window hidden after a start with the computer, unless it has a problem to show. */
export async function keepHiddenUnlessBlocked(
  window: BrowserWindow,
  deskbell: App,
  desktopIntegration: DesktopIntegration | undefined,
): Promise<void> {
  const open = await deskbell.session();
  // Behind a hidden kiosk the desktop would be accessible.
  const mayHide = open !== undefined && !open.settings().kiosk;
  if (mayHide && desktopIntegration !== undefined) desktopIntegration.hideWindow();
  else showWindow(window);
}
