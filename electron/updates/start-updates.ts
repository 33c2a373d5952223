import { app, dialog, powerMonitor } from 'electron/main';
import type { Language } from '../../shared/i18n/languages.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import type { App } from '../app/create-app.ts';
import type { Kiosk } from '../window/kiosk.ts';
import type { EventLog } from '../event-log.ts';
import { systemClock } from '../os/system-clock.ts';
import { scheduleUpdates } from './update-schedule.ts';
import { loadTranslations } from '../i18n/translations.ts';

const AWAY_MS = 5 * MINUTE_MS;

/** Starts the update schedule for IT's feed; it runs until Deskbell ends. */
export function startUpdates({
  feed,
  key,
  deskbell,
  log,
  kiosk,
  language,
}: {
  readonly feed: string;
  /** The public key that must have signed the list; null requires no signature. */
  readonly key: string | null;
  readonly deskbell: Pick<App, 'close' | 'open'>;
  readonly log: EventLog;
  readonly kiosk: Pick<Kiosk, 'isOn'>;
  readonly language: () => Language;
}): { readonly stop: () => void } {
  return scheduleUpdates({
    clock: systemClock,
    version: app.getVersion(),
    loadUpdater: async () => (await import('./electron-updater.ts')).openUpdater(feed, key),
    // SECURITY: an update ends Deskbell, which in a kiosk only a manager may do. IT installs there, or turns the kiosk
    // off.
    isAway: () => !kiosk.isOn() && powerMonitor.getSystemIdleTime() * SECOND_MS >= AWAY_MS,
    ask: (version) => ask(version, language()),
    closeApp: deskbell.close,
    reopenApp: deskbell.open,
    log: (step) => log.write({ event: 'update', step }),
  });
}

/** Asks in a separate dialog, so that the window stays usable for the receptionist. */
async function ask(version: string, language: Language): Promise<'install' | 'later'> {
  const { t } = await loadTranslations(language, app.getSystemLocale());
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
}
