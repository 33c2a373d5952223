import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ChangeEvent,
  type KeyboardEvent,
} from 'react';
import { useTranslations } from '../../i18n/translations.ts';
import type { Around } from '../fill-form.ts';
import { isUndoPress } from '../result/use-undo-key.ts';
import { formatTyped, type Deletion, type TextWithCaret, type TypedBy } from './phone-input.ts';

type Props = {
  /** The phone number as shown. */
  readonly value: string;
  /** The text that the undo key puts back into the emptied field; null while nothing was typed. */
  readonly typedBefore: string | null;
  readonly onType: (text: string, by: TypedBy) => void;
  /** Handles a paste; returns whether the text was more than a number and was handled. */
  readonly onPaste: (text: string, around: Around) => boolean;
  /** The id of the element with the error; undefined without one. */
  readonly wrongBy: string | undefined;
  /** Called when the focus moves elsewhere in the window. */
  readonly onLeft: () => void;
};

/** The field after the last key, before formatting. */
type Stroke = { readonly typed: TextWithCaret; readonly deletion: Deletion };

/** The phone field. Formats during typing and keeps the caret in place. */
export function PhoneField({ value, typedBefore, onType, onPaste, wrongBy, onLeft }: Props) {
  const { t } = useTranslations();
  const id = useId();
  const hintId = useId();
  const field = useRef<HTMLInputElement>(null);
  const isOverAll = useRef(false);
  useEffect(() => {
    const input = field.current;
    const listener = (): void => {
      if (input === null) return;
      const { value: text, selectionStart, selectionEnd } = input;
      isOverAll.current = text !== '' && selectionStart === 0 && selectionEnd === text.length;
    };
    // React has no such event before every change.
    input?.addEventListener('beforeinput', listener);
    return () => input?.removeEventListener('beforeinput', listener);
  }, []);
  const [stroke, setStroke] = useState<Stroke | null>(null);
  // Uses the drawn value, not the expected one: the phone rules may have arrived with the key.
  const placeCaret = useEffectEvent(({ typed, deletion }: Stroke) => {
    const { caret } = formatTyped(typed, value, deletion);
    field.current?.setSelectionRange(caret, caret);
  });
  useLayoutEffect(() => {
    if (stroke !== null) placeCaret(stroke);
  }, [stroke]);

  const onChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const { value: text, selectionStart } = event.currentTarget;
    const { nativeEvent } = event;
    const inputType = nativeEvent instanceof InputEvent ? nativeEvent.inputType : '';
    const isForwards = inputType === 'deleteContentForward';
    setStroke({
      typed: { text, caret: selectionStart ?? text.length },
      deletion: isForwards ? 'forwards' : 'other',
    });
    const byHand = isOverAll.current ? 'over-all' : 'hand';
    isOverAll.current = false;
    onType(text, /^insertFrom(?:Paste|Drop)/.test(inputType) ? 'paste' : byHand);
  };
  // Formatting while typing breaks the field's own undo: a number deleted digit by digit would not come back.
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (!isUndoPress(event) || value !== '' || typedBefore === null || typedBefore === '') return;
    event.preventDefault();
    // Inserted as if typed: the field gets an input event, and its own undo stays in step. No other API does that.
    // oxlint-disable-next-line typescript/no-deprecated -- it has no successor
    if (!event.repeat) document.execCommand('insertText', false, typedBefore);
  };
  return (
    <div className="field phone">
      <label htmlFor={id}>{t('invite.phone')}</label>
      <input
        ref={field}
        id={id}
        data-field="phone"
        data-home
        className="input phone-input"
        type="tel"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrongBy !== undefined}
        aria-describedby={wrongBy ?? hintId}
        value={value}
        onChange={onChange}
        onKeyDown={onKeyDown}
        onBlur={({ currentTarget }) => {
          // When the whole window loses the focus, the field keeps its caret.
          if (document.activeElement !== currentTarget) onLeft();
        }}
        onPaste={(event) => {
          const { value: text, selectionStart, selectionEnd } = event.currentTarget;
          const around = {
            before: text.slice(0, selectionStart ?? text.length),
            after: text.slice(selectionEnd ?? text.length),
          };
          if (onPaste(event.clipboardData.getData('text/plain'), around)) event.preventDefault();
        }}
      />
      <p id={hintId} className="hint phone-hint" data-hidden={value !== ''}>
        {t('invite.phoneHint')}
      </p>
    </div>
  );
}
