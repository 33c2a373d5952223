import { useState } from 'react';
import type { HistoryFilter } from '../../shared/history-query.ts';
import { useIpc, useEvent } from '../ipc/use-ipc.ts';
import type { DayProblem } from './filters.tsx';
import type { StatusMessage } from '../components/status-message.tsx';
import { SystemDialogPin } from '../shell/system-dialog-pin.tsx';
import { useTranslations } from '../i18n/translations.ts';

/** Announce only every so many rows: the number changes every second. */
const ALOUD_EVERY = 50_000;

type Props = {
  readonly filter: HistoryFilter;
  /** With invalid dates the filter would not be what the user means: no file is written. */
  readonly problem: DayProblem | null;
  readonly say: (said: StatusMessage | null) => void;
};

/** Writes the shown part of the history to a file; a long export shows its progress and can be cancelled. */
export function ExportButton({ filter, problem, say }: Props) {
  const { t } = useTranslations();
  const ipc = useIpc();
  const [rows, setRows] = useState<number | null>(null);
  const [isAskingPin, setAskingPin] = useState(false);
  useEvent('export.progressed', (progress) =>
    setRows((now) => (now === null ? null : progress.rows)),
  );

  const start = async (pin?: string): Promise<void> => {
    if (problem !== null) {
      const wrong = document.querySelector<HTMLElement>('.filters [aria-invalid="true"]');
      wrong?.focus();
      return say({ kind: 'bad', text: t('history.export.wrongDay') });
    }
    say(null);
    setRows(0);
    const answer = await ipc.call('history.export', { filter, pin });
    setRows(null);
    if (!answer.ok && answer.failure.kind === 'pin-needed') return setAskingPin(true);
    if (!answer.ok) return say({ kind: 'failure', failure: answer.failure });
    const { value } = answer;
    if (value.kind === 'cancelled') return undefined;
    const { rows: count, fileName } = value;
    return say({ kind: 'good', text: t('history.export.saved', { count, fileName }) });
  };

  const aloud = rows === null ? 0 : rows - (rows % ALOUD_EVERY);
  return (
    <div className="export">
      {isAskingPin && (
        <SystemDialogPin onPin={(pin) => void start(pin)} onClose={() => setAskingPin(false)} />
      )}
      <p className="visually-hidden" role="status">
        {aloud > 0 && t('history.export.progress', { count: aloud })}
      </p>
      {rows === null ? (
        <button type="button" className="button" onClick={() => void start()}>
          {t('history.export.start')}
        </button>
      ) : (
        <div className="export-running">
          <progress aria-label={t('history.export.start')} />
          <span>{rows > 0 && t('history.export.progress', { count: rows })}</span>
          <button
            type="button"
            className="button"
            onClick={() => void ipc.call('history.cancelExport', {})}
          >
            {t('history.export.cancel')}
          </button>
        </div>
      )}
    </div>
  );
}
