import { useId, useMemo, type ReactNode } from 'react';
import { HISTORY_STATES, type HistoryFilter } from '../../shared/history.ts';
import { BusinessChoice } from '../business-choice.tsx';
import type { DeskSettings } from '../desk.ts';
import { useWords } from '../words.ts';
import { DayField } from './day-field.tsx';
import type { DayWriting } from './day-writing.ts';
import { dayOf } from './days.ts';

/** What somebody has chosen to see, as the fields tell it. */
export type Choice = {
  readonly text: string;
  readonly state: string;
  readonly businessId: string;
  readonly from: string;
  readonly until: string;
};

export const NO_CHOICE: Choice = { text: '', state: '', businessId: '', from: '', until: '' };

/** The filter that a choice means. A day that is not complete yet leaves nothing out. */
export function filterOf(
  { text, state, businessId, from, until }: Choice,
  { parse }: DayWriting,
): HistoryFilter {
  return {
    text: text.trim().slice(0, 200),
    state: HISTORY_STATES.find((known) => known === state) ?? null,
    businessId: businessId === '' ? null : businessId,
    from: dayOf(parse(from), 'begins'),
    until: dayOf(parse(until), 'ends'),
  };
}

type Props = {
  readonly choice: Choice;
  readonly settings: DeskSettings;
  readonly days: DayWriting;
  readonly onChoose: (choice: Choice) => void;
  /** What can be done with what is chosen. */
  readonly children: ReactNode;
};

/** The search and what else cuts the history down. */
export function Filters({ choice, settings, days, onChoose, children }: Props) {
  const { t } = useWords();
  const id = useId();
  const set = (change: Partial<Choice>): void => onChoose({ ...choice, ...change });
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
          <BusinessChoice
            id={`${id}business`}
            label={t('history.business')}
            businesses={choices}
            value={choice.businessId}
            onChoose={(businessId) => set({ businessId })}
          />
        </label>
      )}
      {(['from', 'until'] as const).map((end) => (
        <DayField
          key={end}
          label={t(`history.${end}`)}
          days={days}
          value={choice[end]}
          onChange={(typed) => set({ [end]: typed })}
        />
      ))}
      <div className="filter-buttons">{children}</div>
    </search>
  );
}
