import { useEffect, useId, useRef, useState } from 'react';
import { useDesk } from '../hooks.ts';
import { PinField } from '../settings/pin-field.tsx';
import { SaidRegion, type Said } from '../said.tsx';
import { useWords } from '../words.ts';
import './leave-dialog.css';

/** Asks for the manager's PIN before a kiosk closes. */
export function LeaveDialog({ onStay }: { readonly onStay: () => void }) {
  const { t } = useWords();
  const desk = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<Said | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const leave = async (): Promise<void> => {
    const answer = await desk.call('kiosk.leave', { pin: typed });
    setTyped('');
    if (answer.ok) dialog.current?.close();
    else setSaid({ kind: 'failure', failure: answer.failure });
  };
  return (
    <dialog ref={dialog} className="leave" aria-labelledby={headingId} onClose={onStay}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void leave();
        }}
      >
        <h2 id={headingId}>{t('leaving.title')}</h2>
        <p>{t('leaving.text')}</p>
        <PinField label={t('settings.unlock.pin')} value={typed} onType={setTyped} />
        <SaidRegion said={said} />
        <div className="buttons">
          <button type="submit" className="button button-primary">
            {t('leaving.close')}
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {t('leaving.stay')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
