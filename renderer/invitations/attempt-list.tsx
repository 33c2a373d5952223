import { useId } from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EpochMs } from '../../shared/time.ts';
import { attemptWords } from './attempt-text.ts';
import { useAnswer } from '../ipc/use-ipc.ts';
import { FailureNote } from '../components/failure-note.tsx';
import { useWords } from '../i18n/translations.ts';

const CHANGES: readonly EventName[] = ['invitation.changed'];

type Props = { readonly id: string; readonly now: EpochMs };

/** Every try to send an invitation, with its time and what came of it. */
export function Story({ id, now }: Props) {
  const words = useWords();
  const { t, moment } = words;
  const titleId = useId();
  const { answer } = useAnswer((desk) => desk.call('invitation.story', { id }), CHANGES);
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
            <span>{attemptWords(words, attempt)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
