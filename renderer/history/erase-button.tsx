import { useId, useRef, useState } from 'react';
import type { Invitation } from '../../shared/invitation.ts';
import { showPhone } from '../../shared/phone.ts';
import type { DeskSettings } from '../desk.ts';
import { useDesk } from '../hooks.ts';
import type { Said } from '../said.tsx';
import { useWords } from '../words.ts';

type Props = {
  readonly invitation: Invitation;
  readonly settings: DeskSettings;
  readonly say: (said: Said | null) => void;
};

/** The right to erasure: asks once, in words, and then takes the customer out of everything that is kept here. */
export function EraseButton({ invitation, settings, say }: Props) {
  const { t } = useWords();
  const desk = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  const [isRefused, setRefused] = useState(false);
  const { id, phone, businessId } = invitation;

  const ask = async (): Promise<void> => {
    // Whoever said no before stays on that list unless somebody takes the tick away.
    const verdict = await desk.call('verdict.check', {
      phone,
      name: '',
      businessId,
      replaces: null,
    });
    setRefused(verdict.ok && verdict.value.ruling.kind === 'do-not-contact');
    dialog.current?.showModal();
  };
  const erase = async (): Promise<void> => {
    dialog.current?.close();
    say(null);
    const refusal = isRefused ? 'kept' : 'forgotten';
    const answer = await desk.call('customer.erase', { id, refusal });
    say(
      answer.ok
        ? { kind: 'good', text: t('erase.done', { count: answer.value.invitations }) }
        : { kind: 'failure', failure: answer.failure },
    );
  };

  return (
    <div className="erase">
      <button type="button" className="button button-quiet" onClick={() => void ask()}>
        {t('erase.ask')}
      </button>
      <dialog
        ref={dialog}
        className="card dialog"
        aria-labelledby={titleId}
        aria-describedby={textId}
      >
        <h2 id={titleId}>
          {t('erase.title', { phone: showPhone(phone, settings.defaultCountry) })}
        </h2>
        <div id={textId} className="dialog-text">
          <p>{t('erase.text')}</p>
          <p>{t('erase.effect')}</p>
        </div>
        <label className="check">
          <input
            type="checkbox"
            checked={isRefused}
            onChange={(event) => setRefused(event.currentTarget.checked)}
          />
          <span>{t('erase.keepOut')}</span>
        </label>
        <p className="hint">{t('erase.keepOutHint')}</p>
        <div className="buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {t('erase.back')}
          </button>
          <button type="button" className="button button-danger" onClick={() => void erase()}>
            {t('erase.confirm')}
          </button>
        </div>
      </dialog>
    </div>
  );
}
