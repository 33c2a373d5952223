import { app, dialog, type BrowserWindow } from 'electron/main';
import type { TFunction } from 'i18next';
import type { Language } from '../../shared/i18n/languages.ts';
import { createOneAtATime } from '../../shared/one-at-a-time.ts';
import type { AppParts, KeyChange } from '../app/app-parts.ts';
import type { AtStake, ClosingAnswer } from './close-confirmation.ts';
import type { HidingPlace } from './show-window.ts';
import { regionalFormat } from '../i18n/regional-format.ts';
import type { loadTranslations } from '../i18n/translations.ts';

export type Dialogs = Pick<AppParts, 'exportPort' | 'chooseList' | 'confirmHost' | 'confirmKey'> & {
  /** Prints the page with the system's print dialog. */
  readonly print: () => Promise<'printed' | 'cancelled' | 'failed'>;
};

/** Creates the system dialogs for files, printing, another host and another key. */
export function createDialogs(window: BrowserWindow, spoken: () => Language): Dialogs {
  // SECURITY: a flooding page opens one system dialog at a time, never many.
  const oneAtATime = createOneAtATime();
  const words = async () => {
    const spokenWords = await import('../i18n/translations.ts');
    return spokenWords.loadTranslations(spoken(), app.getSystemLocale());
  };
  return {
    print: () => oneAtATime('cancelled', () => printPage(window)),
    chooseList: () => oneAtATime(undefined, () => chooseList(window)),
    confirmHost: (host) => oneAtATime('no', async () => confirmHost(window, host, await words())),
    confirmKey: (host, change) =>
      oneAtATime('no', async () => confirmKey(window, { host, change }, await words())),
    exportPort: {
      chooseFile: (name) => oneAtATime(undefined, () => chooseExportFile(window, name)),
      words: async () => {
        const { t } = await words();
        return (word) => t(word);
      },
      regionalFormat: regionalFormat({
        platform: process.platform,
        systemLocale: app.getSystemLocale(),
        environment: process.env,
      }),
    },
  };
}

/** Asks where to save an export; undefined when cancelled. */
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

/** Asks which list to read; undefined when cancelled. */
async function chooseList(window: BrowserWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    filters: [{ name: 'CSV', extensions: ['csv', 'txt', 'tsv', 'tab'] }],
    properties: ['openFile'],
  });
  return canceled ? undefined : filePaths[0];
}

/** Asks whether customers' numbers and names shall go to another host. Escape chooses the safe answer. */
async function confirmHost(
  window: BrowserWindow,
  host: string,
  { t }: Awaited<ReturnType<typeof loadTranslations>>,
): Promise<'yes' | 'no'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: t('otherHost.title', { host }),
    detail: t('otherHost.text'),
    buttons: [t('otherHost.no'), t('otherHost.yes')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1 ? 'yes' : 'no';
}

/** Asks whether invitations shall go to another account, or to none. Escape changes nothing. */
async function confirmKey(
  window: BrowserWindow,
  asked: { readonly host: string; readonly change: KeyChange },
  { t }: Awaited<ReturnType<typeof loadTranslations>>,
): Promise<'yes' | 'no'> {
  const { host, change } = asked;
  const words = {
    replace: {
      message: t('otherKey.title', { host }),
      detail: t('otherKey.text'),
      yes: t('otherKey.yes'),
    },
    remove: {
      message: t('removedKey.title', { host }),
      detail: t('removedKey.text'),
      yes: t('removedKey.yes'),
    },
  } as const;
  const { message, detail, yes } = words[change];
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail,
    buttons: [t('otherKey.no'), yes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1 ? 'yes' : 'no';
}

/** Prints the page with the system's own dialog. */
function printPage(window: BrowserWindow): ReturnType<Dialogs['print']> {
  return new Promise((resolve) => {
    window.webContents.print({ silent: false }, (isPrinted, reason) => {
      // https://www.electronjs.org/docs/latest/api/web-contents#contentsprintoptions-callback
      if (isPrinted) resolve('printed');
      else resolve(/cancel/i.test(reason) ? 'cancelled' : 'failed');
    });
  });
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

/** Asks what to do when closing the window would lose form input or leave invitations unsent. */
export async function askHowToClose(
  window: BrowserWindow,
  t: TFunction,
  question: {
    readonly stake: AtStake;
    readonly signal: AbortSignal;
    readonly place: HidingPlace;
  },
): Promise<ClosingAnswer> {
  const { waiting, isFormFilled } = question.stake;
  const { signal, place } = question;
  if (waiting === 0) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: t('closing.form.title'),
      detail: t('closing.form.text'),
      buttons: [t('closing.form.back'), t('closing.form.quit')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal,
    });
    return response === 1 ? 'quit' : 'cancel';
  }
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: t('closing.title', { count: waiting }),
    detail: t(isFormFilled ? 'closing.textForm' : 'closing.text'),
    buttons: [t(`closing.keep.${place}`), t('closing.quit'), t('closing.cancel')],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
    signal,
  });
  return (['keep', 'quit', 'cancel'] as const)[response] ?? 'cancel';
}
