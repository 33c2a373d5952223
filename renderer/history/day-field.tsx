import { useId, useState } from 'react';
import { useClock } from '../hooks.ts';
import { useWords } from '../words.ts';
import type { DayWriting } from './day-writing.ts';

type Props = {
  readonly label: string;
  readonly days: DayWriting;
  /** As it was typed. */
  readonly value: string;
  readonly onChange: (typed: string) => void;
};

/** A day, typed as the language writes it; the browser's own field would write it as the system does. */
export function DayField({ label, days, value, onChange }: Props) {
  const { t } = useWords();
  const clock = useClock();
  const id = useId();
  const [isLeft, setLeft] = useState(false);
  const example = days.write(clock());
  const day = days.parse(value);
  // Nobody is told off while typing.
  const isWrong = isLeft && value.trim() !== '' && day === null;
  const leave = (): void => {
    setLeft(true);
    const [year = 0, month = 1, date = 1] = day?.split('-').map(Number) ?? [];
    if (day !== null) onChange(days.write(new Date(year, month - 1, date).getTime()));
  };
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        placeholder={t('history.dayExample', { example })}
        aria-invalid={isWrong}
        aria-describedby={`${id}wrong`}
        value={value}
        onChange={(event) => {
          setLeft(false);
          onChange(event.currentTarget.value);
        }}
        onBlur={leave}
      />
      <p id={`${id}wrong`} className="filter-wrong" role="status">
        {isWrong && t('history.dayWrong', { example })}
      </p>
    </div>
  );
}
