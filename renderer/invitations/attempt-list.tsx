import { useId } from 'react';
import type { Attempt, Outcome } from '../../shared/attempt.ts';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EpochMs } from '../../shared/time.ts';
import { useQuery } from '../ipc/use-ipc.ts';
import { FailureNote } from '../components/failure-note.tsx';
import { useTranslations, type Translations } from '../i18n/translations.ts';
import { partooText } from './refusal-text.ts';

const CHANGES: readonly EventName[] = ['invitation.changed'];

type Props = { readonly id: string; readonly now: EpochMs };

/** Lists every attempt to send an invitation, with its time and outcome. */
export function AttemptList({ id, now }: Props) {
  const translations = useTranslations();
  const { t, moment } = translations;
  const titleId = useId();
  const { answer } = useQuery((ipc) => ipc.call('invitation.attempts', { id }), CHANGES);
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
            <span>{attemptText(translations, attempt)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Describes the outcome of one attempt. */
function attemptText(translations: Translations, { end }: Attempt): string {
  return end === null ? translations.t('attempt.underWay') : outcomeText(translations, end.outcome);
}

function outcomeText({ t, span }: Translations, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'accepted':
      return t('attempt.accepted');
    case 'not-sent':
      return t('attempt.notSent', { why: t(`attempt.cause.${outcome.cause}`) });
    case 'refused':
      return withPartoo(t, t(`attempt.refused.${refusalOf(outcome.status)}`), outcome.text);
    case 'halt':
      return withPartoo(t, t(`attempt.halt.${outcome.scope}`), outcome.text);
    case 'later':
      return t('attempt.later', { span: span(outcome.pauseMs) });
    case 'unclear':
      return t('attempt.unclear', { why: t(`attempt.doubt.${outcome.cause}`) });
    default:
      return outcome satisfies never;
  }
}

function refusalOf(status: Extract<Outcome, { readonly kind: 'refused' }>['status']) {
  switch (status) {
    case 400:
    case 402:
    case 409:
    case 410:
    case 412:
    case 422:
    case 423:
      return 'invitation';
    case 404:
      return 'business';
    case 405:
    case 413:
    case 415:
      return 'ours';
    default:
      return status satisfies never;
  }
}

function withPartoo(t: Translations['t'], ours: string, partoo: string): string {
  const { text } = partooText(partoo);
  return text === '' ? ours : `${ours} ${t('common.partoo', { text })}`;
}
