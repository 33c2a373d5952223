import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { cleanName } from '../../../shared/customer-name.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useTranslations, type Translations } from '../../i18n/translations.ts';
import { MessageLength, MessagePreview } from './message-preview.tsx';
import type { Message, MessageRules } from './use-message.ts';
import './message.css';

type Props = {
  readonly message: Message;
  readonly rules: MessageRules;
  readonly name: string;
  /** The text blocks sending: moves the cursor there. */
  readonly isAttended: boolean;
  /** The id of the element with the error; undefined without one. */
  readonly wrongBy: string | undefined;
};

/** The editor of the custom text, with its preview below. */
export function MessageEditor({ message, rules, name, isAttended, wrongBy }: Props) {
  const translations = useTranslations();
  const { t } = translations;
  const { own, write } = message;
  const choiceName = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), []);
  const values = { name: cleanName(name) };
  return (
    <div ref={panel} className="message-panel">
      <fieldset className="radios">
        <legend>{t('invite.message.which')}</legend>
        {[false, true].map((isUsed) => (
          <label key={String(isUsed)} className="check">
            <input
              type="radio"
              name={choiceName}
              checked={own.isUsed === isUsed}
              onChange={() => write({ ...own, isUsed })}
            />
            <span>{t(isUsed ? 'invite.message.own' : 'invite.message.template')}</span>
          </label>
        ))}
      </fieldset>
      <MessageText
        text={own.text}
        values={values}
        rules={rules}
        isAttended={isAttended}
        wrongBy={wrongBy}
        // Writing a text turns it on.
        onWrite={(text) => write({ text, isUsed: text.trim() !== '' })}
      />
      {message.failure !== null && (
        <p className="note note-bad" role="alert">
          {t('invite.message.notKept', { failure: failureText(translations, message.failure) })}
        </p>
      )}
      <MessagePreview
        rules={rules}
        text={own.text}
        isUsed={message.text !== null}
        values={values}
      />
    </div>
  );
}

type TextProps = Pick<Props, 'rules' | 'isAttended' | 'wrongBy'> & {
  readonly text: string;
  readonly values: { readonly name: string };
  readonly onWrite: (text: string) => void;
};

function MessageText({ text, values, rules, isAttended, wrongBy, onWrite }: TextProps) {
  const translations = useTranslations();
  const { t } = translations;
  const id = useId();
  const hintId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<{ readonly at: number } | null>(null);
  /** The length of a pasted text that was rejected. */
  const [novel, setNovel] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (caret === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(caret.at, caret.at);
  }, [caret]);
  useEffect(() => {
    if (isAttended) area.current?.focus();
  }, [isAttended]);

  const insert = (what: string): void => {
    const { selectionStart: start, selectionEnd: end } = area.current ?? NOWHERE;
    onWrite(text.slice(0, start) + what + text.slice(end));
    setCaret({ at: start + what.length });
  };
  return (
    <div className="field">
      <div className="label-line">
        <label htmlFor={id}>{t('invite.message.text')}</label>
        <MessageLength rules={rules} text={text} values={values} />
      </div>
      <textarea
        ref={area}
        id={id}
        data-field="message"
        className="input"
        rows={3}
        spellCheck
        autoComplete="off"
        aria-invalid={wrongBy !== undefined}
        aria-describedby={wrongBy ?? hintId}
        placeholder={t('invite.message.example')}
        value={text}
        onChange={(event) => {
          setNovel(null);
          onWrite(event.currentTarget.value);
        }}
        onPaste={(event) => {
          const { length } = event.clipboardData.getData('text/plain');
          if (length <= PASTED_MAX) return setNovel(null);
          // Reject it: laying it out would take seconds, and its source still has it.
          event.preventDefault();
          setNovel(length);
        }}
      />
      <p className="message-problem" role="status">
        {novel === null
          ? problemText(translations, rules, text, values)
          : t('invite.message.novel', { used: novel, most: rules.MESSAGE_TYPED_MAX })}
      </p>
      <div className="message-tools">
        {isRepairable(rules, text) && (
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              onWrite(rules.repairMessage(text));
              area.current?.focus();
            }}
          >
            {t('invite.message.repair')}
          </button>
        )}
        <button type="button" className="button button-small" onClick={() => insert('@link')}>
          {t('invite.message.insertLink')}
        </button>
        <button type="button" className="button button-small" onClick={() => insert('{name}')}>
          {t('invite.message.insertName')}
        </button>
        <p id={hintId} className="hint">
          {t('invite.message.hint')}
        </p>
      </div>
    </div>
  );
}

/** Longer than any text of an SMS. */
const PASTED_MAX = 5_000;
const NOWHERE = { selectionStart: 0, selectionEnd: 0 };

/** Whether the text has a problem that Deskbell can repair. */
function isRepairable(rules: MessageRules, text: string): boolean {
  return text.length <= rules.MESSAGE_TYPED_MAX && rules.repairMessage(text) !== text;
}

function problemText(
  { t, list }: Translations,
  rules: MessageRules,
  text: string,
  values: { readonly name: string },
): string {
  if (text.trim() === '') return '';
  const most = rules.MESSAGE_TYPED_MAX;
  if (text.length > most) return t('invite.message.novel', { used: text.length, most });
  const checked = rules.checkMessage(text, values);
  if (checked.ok) return '';
  const written = list(rules.findForeignPlaceholders(text).map((found) => found.written));
  return t(`invite.message.problem.${checked.problem}`, { written });
}
