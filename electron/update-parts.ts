import { app, dialog, powerMonitor } from 'electron/main';
import { MINUTE_MS, SECOND_MS } from '../shared/time.ts';
import type { UpdatesParts } from './updates.ts';
import { createWords } from './words.ts';

const AWAY_MS = 5 * MINUTE_MS;

/** What looking for updates needs of Electron. */
export function updateParts(feed: string): Pick<UpdatesParts, 'loadUpdater' | 'isAway' | 'ask'> {
  return {
    loadUpdater: async () => (await import('./os/updater.ts')).openUpdater(feed),
    isAway: () => powerMonitor.getSystemIdleTime() * SECOND_MS >= AWAY_MS,
    // In a box of its own, so that the window stays free for whoever comes back to a customer.
    ask: async (version) => {
      const t = createWords(app.getLocale());
      const { response } = await dialog.showMessageBox({
        type: 'question',
        message: t('update.title', { version }),
        detail: t('update.text'),
        buttons: [t('update.later'), t('update.install')],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      return response === 1 ? 'install' : 'later';
    },
  };
}
