import { app, dialog, type BrowserWindow } from 'electron/main';
import type { Language } from '../shared/languages.ts';
import type { AppParts } from './app-parts.ts';

/** What Deskbell gives out of itself, into a file or onto paper, and the list that it takes in, as a person chooses. */
export function openHandOut(
  window: BrowserWindow,
  spoken: () => Language,
): Pick<AppParts, 'exportPort' | 'chooseList' | 'print'> {
  return {
    print: () => printPage(window),
    chooseList: () => chooseList(window),
    exportPort: {
      chooseFile: (name) => chooseExportFile(window, name),
      words: async () => {
        const { loadWords } = await import('./words.ts');
        const { t } = await loadWords(spoken(), app.getSystemLocale());
        return (word) => t(word);
      },
      locale: app.getLocale(),
    },
  };
}

/** Asks a person where an export goes; undefined when they changed their mind. */
async function chooseExportFile(
  window: BrowserWindow,
  suggestedName: string,
): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: suggestedName,
    filters: [{ name: 'CSV', extensions: ['csv'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? undefined : filePath;
}

/** Asks a person which list to read; undefined when they changed their mind. */
async function chooseList(window: BrowserWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    filters: [{ name: 'CSV', extensions: ['csv', 'txt'] }],
    properties: ['openFile'],
  });
  return canceled ? undefined : filePaths[0];
}

/** Has the page printed with the system's own dialog. */
function printPage(window: BrowserWindow): ReturnType<AppParts['print']> {
  return new Promise((resolve) => {
    window.webContents.print({ silent: false }, (isPrinted, reason) => {
      // https://www.electronjs.org/docs/latest/api/web-contents#contentsprintoptions-callback
      if (isPrinted) resolve('printed');
      else resolve(/cancel/i.test(reason) ? 'cancelled' : 'failed');
    });
  });
}
