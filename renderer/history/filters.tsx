import { useId, useMemo, useState, type ReactNode } from 'react';
import { HISTORY_STATES, type HistoryFilter } from '../../shared/history-query.ts';
import { BusinessSelect } from '../businesses/business-select.tsx';
import type { DeskSettings } from '../ipc/client.ts';
import { useClock } from '../time/use-clock.ts';
import { useTranslations } from '../i18n/translations.ts';
import { DateField } from './date-field.tsx';
import type { DateFormat } from './date-format.ts';
import { dayOf } from './days.ts';
import type { EpochMs } from '../../shared/time.ts';

/** The filter as the fields hold it. */
export type FilterChoice = {
  readonly text: string;
  readonly state: string;
  readonly businessId: string;
  readonly from: string;
  readonly until: string;
};

export const NO_CHOICE: FilterChoice = { text: '', state: '', businessId: '', from: '', until: '' };

/** Whether the choice filters nothing: no field is filled in. */
export function choosesAll(choice: FilterChoice): boolean {
  return Object.values(choice).every((text) => text.trim() === '');
}

/** Converts a choice to a filter. An incomplete date filters nothing. `now` decides which day is "today". */
export function filterOf(
  { text, state, businessId, from, until }: FilterChoice,
  { parse }: DateFormat,
  now: EpochMs,
): HistoryFilter {
  return {
    text: text.trim().slice(0, 200),
    state: HISTORY_STATES.find((known) => known === state) ?? null,
    businessId: businessId === '' ? null : businessId,
    from: dayOf(parse(from, now), 'begins'),
    until: dayOf(parse(until, now), 'ends'),
  };
}

/** The error of the dates, and the field that shows it; null without one. */
export type DayProblem = { readonly end: 'from' | 'until'; readonly kind: 'no-day' | 'order' };

/** Checks the dates of a choice: each is empty or valid, and the last is not before the first. */
export function findDayProblem(
  choice: FilterChoice,
  { parse }: DateFormat,
  now: EpochMs,
): DayProblem | null {
  for (const end of ENDS) {
    if (choice[end].trim() !== '' && parse(choice[end], now) === null) {
      return { end, kind: 'no-day' };
    }
  }
  const [from, until] = [parse(choice.from, now), parse(choice.until, now)];
  return from !== null && until !== null && until < from ? { end: 'until', kind: 'order' } : null;
}

const ENDS = ['from', 'until'] as const;

type Props = {
  readonly choice: FilterChoice;
  readonly settings: DeskSettings;
  readonly days: DateFormat;
  readonly problem: DayProblem | null;
  readonly onChoose: (choice: FilterChoice) => void;
  /** The actions on the filtered history. */
  readonly children: ReactNode;
};

/** The search and the other filters of the history. */
export function Filters({ choice, settings, days, problem, onChoose, children }: Props) {
  const { t } = useTranslations();
  const id = useId();
  // Do not report an error during typing.
  const [typing, setTyping] = useState<'from' | 'until' | null>(null);
  const told = typing === null ? problem : null;
  const clock = useClock();
  const set = (change: Partial<FilterChoice>): void => onChoose({ ...choice, ...change });
  const { businesses } = settings;
  const choices = useMemo(
    () => [{ id: '', name: t('history.any') }, ...businesses],
    [t, businesses],
  );
  return (
    <search className="filters">
      <input
        type="search"
        className="input filter-text"
        aria-label={t('history.search')}
        placeholder={t('history.searchHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={choice.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <label className="filter" htmlFor={`${id}state`}>
        <span>{t('history.state')}</span>
        <select
          id={`${id}state`}
          className="input select"
          value={choice.state}
          onChange={(event) => set({ state: event.currentTarget.value })}
        >
          <option value="">{t('history.any')}</option>
          {HISTORY_STATES.map((state) => (
            <option key={state} value={state}>
              {state === 'not_delivered' ? t('history.notDelivered') : t(`state.${state}`)}
            </option>
          ))}
        </select>
      </label>
      {businesses.length > 1 && (
        <label className="filter" htmlFor={`${id}business`}>
          <span>{t('history.business')}</span>
          <BusinessSelect
            id={`${id}business`}
            label={t('history.business')}
            businesses={choices}
            value={choice.businessId}
            onChoose={(businessId) => set({ businessId })}
          />
        </label>
      )}
      {ENDS.map((end) => (
        <DateField
          key={end}
          label={t(`history.${end}`)}
          days={days}
          value={choice[end]}
          isWrong={told?.end === end}
          describedBy={`${id}wrong`}
          onType={(typed) => {
            setTyping(end);
            set({ [end]: typed });
          }}
          onLeave={(written) => {
            setTyping(null);
            if (written !== choice[end]) set({ [end]: written });
          }}
        />
      ))}
      <div className="filter-buttons">{children}</div>
      {/* Below the buttons: a text appearing above a button would move it away under the pointer. */}
      <p id={`${id}wrong`} className="filter-wrong" role="status">
        {told?.kind === 'no-day' && t('history.dayWrong', { example: days.write(clock()) })}
        {told?.kind === 'order' && t('history.dayOrder')}
      </p>
    </search>
  );
}
