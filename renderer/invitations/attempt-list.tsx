import { useId } from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EpochMs } from '../../shared/time.ts';
import { attemptText } from './attempt-text.ts';
import { useQuery } from '../ipc/use-ipc.ts';
import { FailureNote } from '../components/failure-note.tsx';
import { useTranslations } from '../i18n/translations.ts';

const CHANGES: readonly EventName[] = ['invitation.changed'];

type Props = { readonly id: string; readonly now: EpochMs };

/** Lists every attempt to send an invitation, with its time and outcome. */
export function AttemptList({ id, now }: Props) {
  const words = useTranslations();
  const { t, moment } = words;
  const titleId = useId();
  const { answer } = useQuery((desk) => desk.call('invitation.attempts', { id }), CHANGES);
  if (answer === null) return null;
  if (!answer.ok) return <FailureNote failure={answer.failure} />;
  const { attempts, invitation } = answer.value;
  return (
    <div className="story">
      <p id={titleId} className="story-title">
        {t('story.title')}
      </p>
      {invitation.replaces !== null && <p>{t('story.replaces')}</p>}
      {attempts.length === 0 && <p>{t('story.none')}</p>}
      <ol aria-labelledby={titleId}>
        {attempts.map((attempt) => (
          <li key={attempt.nth}>
            <time dateTime={new Date(attempt.startedAt).toISOString()}>
              {moment(attempt.startedAt, now)}
            </time>
            <span>{attemptText(words, attempt)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
