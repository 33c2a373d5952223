import { PIN_DIGITS } from '../../shared/pin.ts';
import { TextField } from './text-field.tsx';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
  /** The element that says why this is not the PIN; undefined while nothing is wrong. */
  readonly wrongBy?: string | undefined;
};

/** A PIN as it is typed: nobody reads it over a shoulder. */
export function PinField(props: Props) {
  return <TextField {...props} isSecret inputMode="numeric" maxLength={PIN_DIGITS.most} />;
}
