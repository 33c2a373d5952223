import { clipboard, dialog, type BrowserWindow } from 'electron/main';
import type { TFunction } from 'i18next';
import { bringOnScreen } from './main-window.ts';

/** Brings the window to the front, on a current screen. */
export function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  bringOnScreen(window);
  window.show();
  window.focus();
}

/** Reads the text in the clipboard. */
export async function readClipboard(): Promise<string> {
  return clipboard.readText();
}

/** Reports repeated crashes of the page, and asks whether to reload it. */
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
