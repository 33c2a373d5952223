import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron/main';
import type { Language } from '../../shared/i18n/languages.ts';
import { removeFolder } from '../files/rename-and-remove.ts';
import { loadTranslations } from '../i18n/translations.ts';

/**
 * Exits a start that did not get the lock. Usually another Deskbell has it, and shows its window. Where the folder is
 * not writable no start gets it: an error box says so, because otherwise nothing visible would happen.
 */
export async function quitSecondInstance(dataFolder: string, language: Language): Promise<void> {
  const trouble = whyNotWritable(dataFolder);
  if (trouble === undefined) return app.quit();
  await app.whenReady();
  const { t } = await loadTranslations(language, app.getSystemLocale());
  const title = t(`blocked.${trouble}.title`);
  const text = `${dataFolder}\n\n${t(`blocked.${trouble}.todo`)}`;
  process.stderr.write(`${title}\n${text}\n`);
  dialog.showErrorBox(title, text);
  app.exit(1);
}

function whyNotWritable(folder: string): 'data-folder' | 'disk-full' | undefined {
  try {
    removeFolder(mkdtempSync(join(folder, 'probe-')));
    return undefined;
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    return isFull ? 'disk-full' : 'data-folder';
  }
}
