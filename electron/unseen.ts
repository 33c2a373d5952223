import type { BrowserWindow } from 'electron/main';
import type { App } from './app.ts';
import { showWindow } from './desktop.ts';
import type { Outside } from './outside.ts';

/** Started with the computer: the window stays out of the way, unless there is something to be seen in it. */
export async function waitUnseen(
  window: BrowserWindow,
  desk: App,
  outside: Outside | undefined,
): Promise<void> {
  const isOpen = (await desk.desk()) !== undefined;
  if (isOpen && outside !== undefined) outside.putAside();
  else showWindow(window);
}
