import { useId } from 'react';
import type { Connection } from '../../shared/connection.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { DeskSettings } from '../desk.ts';
import { RowSummary } from '../row-summary.tsx';
import { RowDetails } from '../row-details.tsx';
import { useWords } from '../words.ts';
import { nextWords } from './next-words.ts';

type Props = {
  readonly invitation: Invitation;
  readonly settings: DeskSettings;
  readonly connection: Connection['kind'];
  readonly now: EpochMs;
  readonly onCancel: () => void;
};

/** One invitation that has not left, with the next step in words. */
export function OpenRow({ invitation, settings, connection, now, onCancel }: Props) {
  const words = useWords();
  const { t, ago, since } = words;
  const rowId = useId();
  const { progress, queuedAt } = invitation;
  const mayCancel = progress.state === 'held' || progress.state === 'waiting';
  return (
    <li className="row" id={rowId}>
      <details>
        <RowSummary invitation={invitation}>
          <span className="row-next">{nextWords(words, progress, connection, now)}</span>
          <span className="row-age">
            {t('outbox.since', { ago: ago(queuedAt, now), when: since(queuedAt, now) })}
          </span>
        </RowSummary>
        <RowDetails invitation={invitation} settings={settings} now={now} />
      </details>
      {mayCancel && (
        <button type="button" className="button" aria-describedby={rowId} onClick={onCancel}>
          {t('outbox.cancel')}
        </button>
      )}
    </li>
  );
}
