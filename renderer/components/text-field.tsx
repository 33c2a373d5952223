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
  /** The id of the element with the error; undefined without one. */
  readonly wrongBy?: string | undefined;
  /** Masks the text. */
  readonly isSecret?: boolean;
};

/** A text field with its label above it. */
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
  /** The label of the button. */
  readonly button: string;
  readonly isMain?: boolean;
  readonly onSubmit: () => void;
  /** Content below the field. */
  readonly children?: ReactNode;
};

/** One field with its action, triggered by the button or Enter. */
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
      // A masked text is hidden from assistive technology too: others can listen.
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
