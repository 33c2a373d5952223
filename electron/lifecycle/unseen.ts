import type { BrowserWindow } from 'electron/main';
import type { App } from '../app/create-app.ts';
import { showWindow } from '../window/show-window.ts';
import type { DesktopIntegration } from '../desktop/desktop-integration.ts';

/** Started with the computer: the window stays out of the way, unless there is something to be seen in it. */
export async function keepHiddenUnlessBlocked(
  window: BrowserWindow,
  desk: App,
  outside: DesktopIntegration | undefined,
): Promise<void> {
  const open = await desk.desk();
  // Behind a kiosk that hides lies the desktop.
  const mayHide = open !== undefined && !open.settings().kiosk;
  if (mayHide && outside !== undefined) outside.putAside();
  else showWindow(window);
}
