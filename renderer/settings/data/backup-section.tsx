import { useState } from 'react';
import { BACKUPS_KEPT_DAYS, type Backup } from '../../../shared/backup.ts';
import type { EventName } from '../../../shared/ipc/bridge.ts';
import { MINUTE_MS } from '../../../shared/time.ts';
import type { IpcClient } from '../../ipc/client.ts';
import { useQuery, useIpc } from '../../ipc/use-ipc.ts';
import { useNow } from '../../time/use-clock.ts';
import { FailureNote } from '../../components/failure-note.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { Confirm } from '../../components/confirm.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { Section } from '../section.tsx';
import './data.css';

const read = (ipc: IpcClient) => ipc.call('backup.list', {});
const CHANGES: readonly EventName[] = ['app.changed'];

/** The backups of the database, and restoring one of them. */
export function BackupSection() {
  const { t, moment } = useTranslations();
  const ipc = useIpc();
  const now = useNow(MINUTE_MS);
  const { answer, again } = useQuery(read, CHANGES);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<StatusMessage | null>(null);

  /** Runs one action at a time, and shows its result. */
  const run = async (name: 'backup.make' | 'backup.restore', backup?: Backup): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setSaid(null);
    const done =
      name === 'backup.make' || backup === undefined
        ? await ipc.call('backup.make', {})
        : await ipc.call('backup.restore', { name: backup.name });
    setBusy(false);
    setSaid(
      done.ok
        ? {
            kind: 'good',
            text: t(name === 'backup.make' ? 'settings.backup.made' : 'settings.backup.restored'),
          }
        : { kind: 'failure', failure: done.failure },
    );
    again();
  };

  return (
    <Section name="backup">
      <p className="section-lead">{t('settings.backup.about', { count: BACKUPS_KEPT_DAYS })}</p>
      {answer?.ok === false && <FailureNote failure={answer.failure} />}
      {answer?.ok === true && answer.value.backups.length === 0 && (
        <p>{t('settings.backup.none')}</p>
      )}
      {answer?.ok === true && answer.value.backups.length > 0 && (
        <ul className="backups" aria-label={t('settings.backup.list')}>
          {answer.value.backups.map((backup) => (
            <li key={backup.name}>
              <p>
                <strong>{moment(backup.takenAt, now)}</strong>
                <span>
                  {t('settings.backup.invitations', { count: backup.invitations })}
                  {backup.why === 'before-restore' && ` · ${t('settings.backup.beforeRestore')}`}
                </span>
              </p>
              <Confirm
                ask={t('settings.backup.restore')}
                askAbout={t('settings.backup.restoreOf', { time: moment(backup.takenAt, now) })}
                yes={isBusy ? t('settings.backup.restoring') : t('settings.backup.confirm')}
                no={t('settings.backup.keep')}
                isBusy={isBusy}
                onYes={() => run('backup.restore', backup)}
              >
                <p>{t('settings.backup.warning', { time: moment(backup.takenAt, now) })}</p>
                <p>{t('settings.backup.warningOpen')}</p>
              </Confirm>
            </li>
          ))}
        </ul>
      )}
      <div className="buttons">
        <button
          type="button"
          className="button"
          aria-disabled={isBusy}
          onClick={() => void run('backup.make')}
        >
          {t('settings.backup.make')}
        </button>
      </div>
      <StatusRegion said={said} />
    </Section>
  );
}
