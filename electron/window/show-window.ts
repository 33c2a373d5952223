import { clipboard, dialog, type BrowserWindow } from 'electron/main';
import type { TFunction } from 'i18next';
import { bringOnScreen } from './main-window.ts';

/** Brings the window to the front, and to a screen that is there. */
export function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  bringOnScreen(window);
  window.show();
  window.focus();
}

/** What somebody has copied, at this moment. */
export async function readClipboard(): Promise<string> {
  return clipboard.readText();
}

/** Says that the page fails again and again, and asks whether it shall be tried once more. */
export async function askAfterCrashes(
  window: BrowserWindow,
  t: TFunction,
): Promise<'again' | 'quit'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: t('crashed.title'),
    detail: t('crashed.text'),
    buttons: [t('crashed.again'), t('crashed.quit')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1 ? 'quit' : 'again';
}
