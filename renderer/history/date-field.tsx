import { useId } from 'react';
import { useClock } from '../time/use-clock.ts';
import { useTranslations } from '../i18n/translations.ts';
import type { DateFormat } from './date-format.ts';
import { dayOf } from './days.ts';

type Props = {
  readonly label: string;
  readonly days: DateFormat;
  /** The typed text. */
  readonly value: string;
  readonly isWrong: boolean;
  /** The id of the element with the error. */
  readonly describedBy: string;
  readonly onType: (typed: string) => void;
  /** Called with the date in the language's format, or with the typed text if that is not a date. */
  readonly onLeave: (written: string) => void;
};

/** A date field in the language's format; the browser's own field would use the system's. */
export function DateField({ label, days, value, isWrong, describedBy, onType, onLeave }: Props) {
  const { t } = useTranslations();
  const clock = useClock();
  const id = useId();
  const example = days.write(clock());
  const leave = (): void => {
    const day = dayOf(days.parse(value, clock()), 'begins');
    onLeave(day === null ? value : days.write(day));
  };
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        placeholder={t('history.dayExample', { example })}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? describedBy : undefined}
        value={value}
        onChange={(event) => onType(event.currentTarget.value)}
        onBlur={leave}
      />
    </div>
  );
}
