import type { Attempt, Outcome } from '../../shared/attempt.ts';
import type { Translations } from '../i18n/translations.ts';
import { partooText } from './refusal-text.ts';

/** Describes the outcome of one attempt. */
export function attemptText(words: Translations, { end }: Attempt): string {
  return end === null ? words.t('attempt.underWay') : outcomeWords(words, end.outcome);
}

function outcomeWords({ t, span }: Translations, outcome: Outcome): string {
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
