import { useId, useMemo } from 'react';
import { useWords } from '../words.ts';
import { DAYS, toggleDay, type DraftPeriod } from './hours.ts';

type Props = {
  readonly period: DraftPeriod;
  /** Which one it is, from 1. */
  readonly nth: number;
  readonly isLocked: boolean;
  /** Null takes it away. */
  readonly onChange: (period: DraftPeriod | null) => void;
};

/** One period of the sending hours: its days, from when, until when. */
export function PeriodFields({ period, nth, isLocked, onChange }: Props) {
  const { t, locale } = useWords();
  const days = useMemo(() => nameDays(locale), [locale]);
  const fromId = useId();
  const toId = useId();
  return (
    <fieldset className="period" disabled={isLocked}>
      <legend className="visually-hidden">{t('settings.hours.period', { nth })}</legend>
      <div className="days">
        {DAYS.map((day, at) => (
          <label key={day} className="day">
            <input
              type="checkbox"
              aria-label={days[at]?.long}
              checked={period.days.includes(day)}
              onChange={() => onChange(toggleDay(period, day))}
            />
            <span aria-hidden="true">{days[at]?.short}</span>
          </label>
        ))}
      </div>
      <div className="times">
        <label htmlFor={fromId}>{t('settings.hours.from')}</label>
        <input
          id={fromId}
          className="input"
          type="time"
          value={period.from}
          onChange={(event) => onChange({ ...period, from: event.currentTarget.value })}
        />
        <label htmlFor={toId}>{t('settings.hours.to')}</label>
        <input
          id={toId}
          className="input"
          type="time"
          value={period.to}
          onChange={(event) => onChange({ ...period, to: event.currentTarget.value })}
        />
        {!isLocked && (
          <button
            type="button"
            className="button"
            aria-label={t('settings.hours.removeNth', { nth })}
            onClick={() => onChange(null)}
          >
            {t('settings.hours.remove')}
          </button>
        )}
      </div>
    </fieldset>
  );
}

/** Monday 5 January 2026 and the days after it name the week. */
function nameDays(locale: string): readonly { readonly short: string; readonly long: string }[] {
  const short = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return DAYS.map((day) => {
    const date = Date.UTC(2026, 0, 4 + day);
    return { short: short.format(date), long: long.format(date) };
  });
}
