import { useId, type ComponentProps, type ReactNode } from 'react';
import { useSubmit } from './use-submit.ts';

type InputProps = Omit<
  ComponentProps<'input'>,
  'id' | 'value' | 'onChange' | 'onSubmit' | 'children' | 'className'
>;

type FieldProps = InputProps & {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
  /** The element that says why this text is wrong; undefined while nothing is. */
  readonly wrongBy?: string | undefined;
  /** Nobody reads it over a shoulder. */
  readonly isSecret?: boolean;
};

/** A text with its label above it. */
export function TextField({ label, ...field }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <TextInput {...field} id={id} />
    </div>
  );
}

type FormProps = FieldProps & {
  /** What the button beside it says. */
  readonly button: string;
  readonly isMain?: boolean;
  readonly onSubmit: () => void;
  /** What belongs below it. */
  readonly children?: ReactNode;
};

/** One text and what is done with it, by its button or by Enter. */
export function FieldForm({ label, button, isMain, onSubmit, children, ...field }: FormProps) {
  const id = useId();
  const submit = useSubmit(field.value, onSubmit);
  return (
    <form className="field" autoComplete="off" onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <div className="with-button">
        <TextInput {...field} id={id} />
        <button type="submit" className={isMain === true ? 'button button-primary' : 'button'}>
          {button}
        </button>
      </div>
      {children}
    </form>
  );
}

function TextInput({
  onType,
  isSecret,
  wrongBy,
  'aria-describedby': describedBy,
  ...input
}: Omit<FieldProps, 'label'> & { readonly id: string }) {
  return (
    <input
      // A password is told to nobody, not to assistive technology either: others can listen there.
      type={isSecret === true ? 'password' : 'text'}
      autoComplete="off"
      spellCheck={false}
      {...input}
      aria-invalid={wrongBy !== undefined}
      aria-describedby={[wrongBy, describedBy].filter(Boolean).join(' ') || undefined}
      className="input"
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
