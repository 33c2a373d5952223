import { PIN_DIGITS } from '../../shared/pin.ts';
import { TextField } from './text-field.tsx';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
  /** The id of the element with the error; undefined without one. */
  readonly wrongBy?: string | undefined;
};

/** A masked PIN field. */
export function PinField(props: Props) {
  return <TextField {...props} isSecret inputMode="numeric" maxLength={PIN_DIGITS.most} />;
}
