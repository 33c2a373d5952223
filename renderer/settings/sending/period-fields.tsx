import { useId, useMemo } from 'react';
import { useTranslations } from '../../i18n/translations.ts';
import { isDayTime } from '../../time/day-time.ts';
import { nameDays } from './day-names.ts';
import { TimeField } from './time-field.tsx';
import { DAYS, passesMidnight, toggleDay, type DraftPeriod, type PeriodProblem } from './hours.ts';

type Props = {
  readonly period: DraftPeriod;
  /** Its number, from 1. */
  readonly nth: number;
  readonly isLocked: boolean;
  /** The error to show. */
  readonly problem: PeriodProblem | null;
  /** Null removes the period. */
  readonly onChange: (period: DraftPeriod | null) => void;
};

/** One period of the sending hours: days, start and end. */
export function PeriodFields({ period, nth, isLocked, problem, onChange }: Props) {
  const { t, locale } = useTranslations();
  const days = useMemo(() => nameDays(locale), [locale]);
  const fromId = useId();
  const toId = useId();
  const noteId = useId();
  const toldBy = (isWrong: boolean) => ({
    'aria-invalid': isWrong,
    'aria-describedby': isWrong ? noteId : undefined,
  });
  const isTimeWrong = (time: string): boolean =>
    problem === 'empty' || (problem === 'no-time' && !isDayTime(time));
  return (
    <fieldset className="period" disabled={isLocked}>
      <legend className="visually-hidden">{t('settings.hours.period', { nth })}</legend>
      <div className="days">
        {DAYS.map((day, at) => (
          <label key={day} className="day">
            <input
              type="checkbox"
              aria-label={days[at]?.long}
              {...toldBy(problem === 'no-day')}
              checked={period.days.includes(day)}
              onChange={() => onChange(toggleDay(period, day))}
            />
            <span aria-hidden="true">{days[at]?.short}</span>
          </label>
        ))}
      </div>
      <div className="times">
        <label htmlFor={fromId}>{t('settings.hours.from')}</label>
        <TimeField
          id={fromId}
          {...toldBy(isTimeWrong(period.from))}
          value={period.from}
          onChange={(from) => onChange({ ...period, from })}
        />
        <label htmlFor={toId}>{t('settings.hours.to')}</label>
        <TimeField
          id={toId}
          {...toldBy(isTimeWrong(period.to))}
          value={period.to}
          onChange={(to) => onChange({ ...period, to })}
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
      {problem !== null && (
        <p id={noteId} className="period-wrong">
          {t(`settings.hours.problem.${problem}`, { nth })}
        </p>
      )}
      {passesMidnight(period) && <p className="hint">{t('settings.hours.nextDay')}</p>}
    </fieldset>
  );
}
