import { useId } from 'react';
import { PIN_DIGITS } from '../../shared/pin.ts';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
};

/** A PIN as it is typed: nobody reads it over a shoulder. */
export function PinField({ label, value, onType }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input secret"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={PIN_DIGITS.most}
        value={value}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    </div>
  );
}
