import type { Invitation } from '../../shared/invitation.ts';
import { formatPhone } from '../../shared/phone/phone.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { refusalText } from './refusal-text.ts';
import { useTranslations, type Translations } from '../i18n/translations.ts';

type Props = {
  readonly invitation: Invitation;
  readonly settings: DeskSettings;
  readonly now: EpochMs;
};

/** The content of an opened row. */
export function RowDetails({ invitation, settings, now }: Props) {
  const translations = useTranslations();
  const facts = factsOf(translations, invitation, settings, now);
  return (
    <dl className="facts">
      {facts.map(([term, text]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd dir="auto">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

type Fact = readonly [term: string, text: string];

function factsOf(
  translations: Translations,
  invitation: Invitation,
  { businesses, defaultCountry }: DeskSettings,
  now: EpochMs,
): readonly Fact[] {
  const { t, moment } = translations;
  const { progress, businessId, staff, consentAt, consentBy, forceReason } = invitation;
  const business = businesses.find(({ id }) => id === businessId)?.name ?? businessId;
  const facts: Fact[] = [
    [t('history.phone'), formatPhone(invitation.phone, defaultCountry)],
    [t('history.saved'), moment(invitation.queuedAt, now)],
    [t(`state.${progress.state}`), moment(progress.at, now)],
    [t('history.business'), business],
  ];
  if (staff !== null) facts.push([t('history.staff'), staff]);
  if (consentAt !== null) {
    const when = moment(consentAt, now);
    const text = consentBy === null ? when : t('history.consentBy', { when, staff: consentBy });
    facts.push([t('history.consent'), text]);
  }
  if (forceReason !== null) facts.push([t('history.forced'), forceReason]);
  return [...facts, ...endingOf(translations, invitation)];
}

function endingOf(translations: Translations, { progress }: Invitation): readonly Fact[] {
  const { t } = translations;
  if (progress.state === 'refused')
    return [[t('history.partoo'), refusalText(translations, progress)]];
  if (progress.state !== 'accepted') return [];
  const evidence: Fact = [t('history.evidence'), t(`evidence.${progress.evidence}`)];
  return progress.delivery === null
    ? [evidence]
    : [evidence, [t('history.delivery'), t(`delivery.${progress.delivery}`)]];
}
