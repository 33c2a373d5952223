import { useId, useLayoutEffect, useRef, useState, type ChangeEvent } from 'react';
import { useWords } from '../words.ts';
import { formatTyped } from './typed.ts';

type Props = {
  /** The number as it is shown. */
  readonly value: string;
  readonly format: (text: string) => string;
  readonly onType: (text: string) => void;
  /** Whether the pasted text was more than a number and has been dealt with. */
  readonly onPaste: (text: string) => boolean;
};

/** The field that everything is about. It formats while one types and leaves the caret where it was. */
export function PhoneField({ value, format, onType, onPaste }: Props) {
  const { t } = useWords();
  const id = useId();
  const hintId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<{ readonly at: number } | null>(null);
  useLayoutEffect(() => {
    if (caret !== null) field.current?.setSelectionRange(caret.at, caret.at);
  }, [caret]);

  const onChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const { value: text, selectionStart } = event.currentTarget;
    const { nativeEvent } = event;
    const isForwards =
      nativeEvent instanceof InputEvent && nativeEvent.inputType === 'deleteContentForward';
    const typed = { text, caret: selectionStart ?? text.length };
    setCaret({ at: formatTyped(typed, format(text), isForwards ? 'forwards' : 'other').caret });
    onType(text);
  };
  return (
    <div className="field phone">
      <label htmlFor={id}>{t('invite.phone')}</label>
      <input
        ref={field}
        id={id}
        data-field="phone"
        className="input phone-input"
        type="tel"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={hintId}
        value={value}
        onChange={onChange}
        onPaste={(event) => {
          if (onPaste(event.clipboardData.getData('text/plain'))) event.preventDefault();
        }}
      />
      <p id={hintId} className="hint phone-hint" data-hidden={value !== ''}>
        {t('invite.phoneHint')}
      </p>
    </div>
  );
}
