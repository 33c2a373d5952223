import { MINUTE_MS } from '../../../shared/time.ts';
import type { OtherWriting, ParsedPhone } from '../../../shared/phone/phone.ts';
import type { IpcAnswer } from '../../ipc/client.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useNow } from '../../time/use-clock.ts';
import {
  IconAlert,
  IconCheckRing,
  IconClock,
  IconOffline,
  IconPerson,
  IconPhone,
  IconStop,
} from '../../components/icons.tsx';
import { useTranslations, type Translations } from '../../i18n/translations.ts';
import type { RemoteVerdictState } from './use-verdict.ts';
import { readingLines, verdictLines, type VerdictLine } from './verdict-text.ts';

type Props = {
  /** The id of its first line: a region with a label is not described by its text. */
  readonly firstLineId: string;
  readonly reading: ParsedPhone | null;
  /** How the number is read, if that differs from the field. */
  readonly otherWriting: OtherWriting | null;
  readonly answer: IpcAnswer<'verdict.check'> | null;
  readonly opinion: RemoteVerdictState;
  /** The name of the invitation's business. */
  readonly business: string;
};

const ICONS = {
  fine: <IconCheckRing />,
  warn: <IconAlert />,
  stop: <IconStop />,
  clock: <IconClock />,
  person: <IconPerson />,
  quiet: <IconOffline />,
  number: <IconPhone />,
} as const;

/** Shows the verdict on the number during typing. */
export function VerdictRegion({
  firstLineId,
  reading,
  otherWriting,
  answer,
  opinion,
  business,
}: Props) {
  const translations = useTranslations();
  const now = useNow(MINUTE_MS);
  const lines = [
    ...(reading === null ? [] : readingLines(translations, reading, otherWriting)),
    ...(answer === null ? [] : answerLines(translations, answer, opinion, now, business)),
  ];
  return (
    // Announce only what is new: Partoo's answer must not repeat the first verdict.
    <div
      className="verdict"
      role="status"
      aria-atomic="false"
      aria-label={translations.t('verdict.label')}
    >
      {lines.map(({ tone, text }, at) => (
        <p key={text} id={at === 0 ? firstLineId : undefined} data-tone={tone}>
          {ICONS[tone]}
          <span>{text}</span>
        </p>
      ))}
    </div>
  );
}

function answerLines(
  translations: Translations,
  answer: IpcAnswer<'verdict.check'>,
  opinion: RemoteVerdictState,
  now: number,
  business: string,
): readonly VerdictLine[] {
  if (answer.ok) return verdictLines(translations, answer.value, opinion, now, business);
  const failure = failureText(translations, answer.failure);
  return [{ tone: 'warn', text: translations.t('verdict.failed', { failure }) }];
}
