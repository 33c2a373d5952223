import { useState } from 'react';
import { formatDayTime, parseDayTime } from '../../time/day-time.ts';
import { useTranslations } from '../../i18n/translations.ts';

type Props = {
  readonly id: string;
  /** A time of the day as it is stored, or a text that is none. */
  readonly value: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  /** Gets the time, or the typed text while it is none. */
  readonly onChange: (value: string) => void;
};

/**
 * A time of the day, written as Deskbell's language does. The time field of Chromium follows the system's language, which
 * may be another one.
 */
export function TimeField({ value, onChange, ...control }: Props) {
  const { locale } = useTranslations();
  /** The text during typing, and the value that it stands for: another value comes from elsewhere and replaces it. */
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: string } | null>(
    null,
  );
  const text = typed?.value === value ? typed.text : formatDayTime(value, locale);
  return (
    <input
      {...control}
      className="input"
      type="text"
      autoComplete="off"
      spellCheck={false}
      maxLength={20}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const time = parseDayTime(next) ?? next;
        setTyped({ text: next, value: time });
        onChange(time);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
