import { useEffect, useRef, useState } from 'react';
import { BACKUPS_KEPT_DAYS, type Backup } from '../../shared/backup.ts';
import type { EventName } from '../../shared/ipc/bridge.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { DeskClient } from '../desk.ts';
import { useAnswer, useDesk, useNow } from '../hooks.ts';
import { FailureNote } from '../shell/failure-note.tsx';
import { useWords } from '../words.ts';
import { SaidRegion, type Said } from './said.tsx';
import { Section } from './section.tsx';

const read = (desk: DeskClient) => desk.call('backup.list', {});
const CHANGES: readonly EventName[] = ['desk.changed'];

/** The backups of the log, and the way back to one of them. */
export function BackupSection() {
  const { t, moment } = useWords();
  const desk = useDesk();
  const now = useNow(MINUTE_MS);
  const { answer, again } = useAnswer(read, CHANGES);
  const [chosen, setChosen] = useState<Backup | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);

  /** One thing at a time, and what came of it is said. */
  const run = async (name: 'backup.make' | 'backup.restore', backup?: Backup): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setSaid(null);
    const done =
      name === 'backup.make' || backup === undefined
        ? await desk.call('backup.make', {})
        : await desk.call('backup.restore', { name: backup.name });
    setBusy(false);
    setChosen(null);
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
              {chosen?.name === backup.name ? (
                <Warning
                  isBusy={isBusy}
                  from={moment(backup.takenAt, now)}
                  onRestore={() => void run('backup.restore', backup)}
                  onKeep={() => setChosen(null)}
                />
              ) : (
                <button
                  type="button"
                  className="button"
                  aria-label={t('settings.backup.restoreOf', { time: moment(backup.takenAt, now) })}
                  aria-disabled={isBusy}
                  onClick={() => setChosen(backup)}
                >
                  {t('settings.backup.restore')}
                </button>
              )}
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
      <SaidRegion said={said} />
    </Section>
  );
}

type WarningProps = {
  readonly isBusy: boolean;
  /** When the backup was made. */
  readonly from: string;
  readonly onRestore: () => void;
  readonly onKeep: () => void;
};

/** What a restore means, before it happens. The safe answer has the focus. */
function Warning({ isBusy, from, onRestore, onKeep }: WarningProps) {
  const { t } = useWords();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="backup-warning" role="alert">
      <p>{t('settings.backup.warning', { time: from })}</p>
      <p>{t('settings.backup.warningOpen')}</p>
      <div className="buttons">
        <button ref={keep} type="button" className="button" onClick={onKeep}>
          {t('settings.backup.keep')}
        </button>
        <button type="button" className="button" aria-disabled={isBusy} onClick={onRestore}>
          {isBusy ? t('settings.backup.restoring') : t('settings.backup.confirm')}
        </button>
      </div>
    </div>
  );
}
