import { useId } from 'react';
import { isNameTooLong } from '../../shared/customer-name.ts';
import { useTranslations } from '../i18n/translations.ts';

type Props = {
  readonly value: string;
  /** The id of the element with the error; undefined without one. */
  readonly wrongBy: string | undefined;
  readonly onType: (text: string) => void;
  /**
   * Handles a paste; returns whether the text was more than a name and was handled. `isOverAll`: it replaces the whole
   * field.
   */
  readonly onPaste: (text: string, isOverAll: boolean) => boolean;
};

/** The customer's name, which is optional. */
export function NameField({ value, wrongBy, onType, onPaste }: Props) {
  const { t } = useTranslations();
  const id = useId();
  const hintId = useId();
  const isTooLong = isNameTooLong(value);
  return (
    <div className="field">
      <label htmlFor={id}>{t('invite.name')}</label>
      <input
        id={id}
        data-field="name"
        className="input"
        type="text"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrongBy !== undefined}
        aria-describedby={wrongBy ?? hintId}
        placeholder={t('invite.nameHint')}
        value={value}
        onChange={(event) => onType(event.currentTarget.value)}
        onPaste={(event) => {
          const { value: text, selectionStart, selectionEnd } = event.currentTarget;
          const isOverAll = selectionStart === 0 && selectionEnd === text.length;
          const pasted = event.clipboardData.getData('text/plain');
          if (onPaste(pasted, isOverAll)) event.preventDefault();
        }}
      />
      <p id={hintId} className="hint" role="status" hidden={!isTooLong}>
        {isTooLong && t('invite.nameTooLong')}
      </p>
    </div>
  );
}
