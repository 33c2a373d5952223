import type { Progress } from '../../shared/invitation.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { DeskSettings } from '../desk.ts';
import { useNow } from '../hooks.ts';
import { BellMark } from '../icons.tsx';
import '../list.css';
import { RowDetails } from '../row-details.tsx';
import { RowSummary } from '../row-summary.tsx';
import { FailureNote } from '../shell/failure-note.tsx';
import { Quiet } from '../shell/quiet.tsx';
import { useWords, type Words } from '../words.ts';
import { useHistory } from './use-history.ts';

/** Every finished invitation, the newest first. */
export function History({ settings }: { readonly settings: DeskSettings }) {
  const words = useWords();
  const { t, moment } = words;
  const now = useNow(MINUTE_MS);
  const { shown, failure, more } = useHistory();
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('history.title')}</h1>
        <p className="hint">{t('history.privacy')}</p>
      </header>
      {failure !== null && <FailureNote failure={failure} />}
      {shown === null && failure === null && <Quiet />}
      {shown?.invitations.length === 0 && (
        <div className="empty">
          <BellMark />
          <p className="empty-title">{t('history.empty')}</p>
          <p>{t('history.emptyText')}</p>
        </div>
      )}
      <ul className="rows">
        {shown?.invitations.map((invitation) => (
          <li key={invitation.id} className="row">
            <details>
              <RowSummary invitation={invitation}>
                <span className="row-next">{endWords(words, invitation.progress)}</span>
                <time className="row-age" dateTime={new Date(invitation.queuedAt).toISOString()}>
                  {moment(invitation.queuedAt, now)}
                </time>
              </RowSummary>
              <RowDetails invitation={invitation} settings={settings} now={now} />
            </details>
          </li>
        ))}
      </ul>
      {shown !== null && shown.next !== null && (
        <button type="button" className="button more" onClick={() => void more()}>
          {t('history.more')}
        </button>
      )}
    </div>
  );
}

/** What came of it after its state, in a few words. */
function endWords({ t }: Words, progress: Progress): string {
  if (progress.state === 'refused') return t(`refused.${progress.why}`);
  if (progress.state !== 'accepted' || progress.delivery === null) return '';
  return t(`delivery.${progress.delivery}`);
}
