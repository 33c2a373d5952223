import { useEffect, useId, useRef, useState } from 'react';
import { isBad, StatusRegion, type StatusMessage } from './status-message.tsx';
import { PinField } from './pin-field.tsx';
import { useTranslations } from '../i18n/translations.ts';
import './dialog.css';
import './pin-dialog.css';

type Props = {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  /** Handles the typed PIN; resolves to a message if the dialog stays open, and to null if it closes. */
  readonly onPin: (pin: string) => Promise<StatusMessage | null>;
  readonly onClose: () => void;
};

/** Asks for the manager's PIN before a manager's action. */
export function PinDialog({ title, text, yes, no, onPin, onClose }: Props) {
  const { t } = useTranslations();
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  const [typed, setTyped] = useState('');
  const saidId = useId();
  const [said, setSaid] = useState<StatusMessage | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const submit = async (): Promise<void> => {
    const trouble = await onPin(typed);
    setTyped('');
    if (trouble === null) dialog.current?.close();
    else setSaid(trouble);
  };
  return (
    <dialog
      ref={dialog}
      className="dialog pin-dialog"
      aria-labelledby={headingId}
      onClose={onClose}
    >
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id={headingId}>{title}</h2>
        <p>{text}</p>
        <PinField
          label={t('settings.unlock.pin')}
          value={typed}
          onType={setTyped}
          wrongBy={isBad(said) ? saidId : undefined}
        />
        <StatusRegion said={said} id={saidId} />
        <div className="buttons">
          <button type="submit" className="button button-primary">
            {yes}
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {no}
          </button>
        </div>
      </form>
    </dialog>
  );
}
