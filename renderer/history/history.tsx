import { useState } from 'react';
import type { Invitation, Progress } from '../../shared/invitation.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../../shared/time.ts';
import type { DeskSettings } from '../desk.ts';
import { useNow } from '../hooks.ts';
import { BellMark } from '../icons.tsx';
import '../list.css';
import { InvitationRow } from '../invitation-row.tsx';
import { SaidNote } from '../said-note.tsx';
import { FailureNote } from '../shell/failure-note.tsx';
import { Quiet } from '../shell/quiet.tsx';
import { useActions, type Said } from '../use-actions.ts';
import { useWords, type Words } from '../words.ts';
import { useHistory } from './use-history.ts';

/** Partoo is asked about an SMS for a day; whatever it has not said by then it never says. */
const NEWS_FOR_MS = DAY_MS + HOUR_MS;

type Props = {
  readonly settings: DeskSettings;
  readonly onEdit: (invitation: Invitation) => void;
};

/** Every finished invitation, the newest first. */
export function History({ settings, onEdit }: Props) {
  const words = useWords();
  const { t, moment } = words;
  const now = useNow(MINUTE_MS);
  const { shown, failure, more } = useHistory();
  const [said, setSaid] = useState<Said | null>(null);
  const act = useActions(onEdit, setSaid);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('history.title')}</h1>
        <p className="hint">{t('history.privacy')}</p>
      </header>
      <SaidNote said={said} />
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
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            settings={settings}
            now={now}
            onAct={(action) => void act(invitation, action)}
          >
            <span className="row-next">{endWords(words, invitation.progress, now)}</span>
            <time className="row-age" dateTime={new Date(invitation.queuedAt).toISOString()}>
              {moment(invitation.queuedAt, now)}
            </time>
          </InvitationRow>
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
function endWords({ t }: Words, progress: Progress, now: EpochMs): string {
  if (progress.state === 'refused') return t(`refused.${progress.why}`);
  if (progress.state !== 'accepted' || progress.evidence === 'person') return '';
  const { delivery } = progress;
  const isOver = now - progress.at > NEWS_FOR_MS;
  if (delivery === null) return isOver ? t('delivery.noNews') : '';
  const isFinal = delivery !== 'created' && delivery !== 'sent';
  return isOver && !isFinal ? t('delivery.noNews') : t(`delivery.${delivery}`);
}
