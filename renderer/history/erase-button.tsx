import { useId, useRef, useState } from 'react';
import type { Invitation } from '../../shared/invitation.ts';
import { showPhone } from '../../shared/phone.ts';
import type { AnyFailure, DeskSettings } from '../desk.ts';
import { useDesk } from '../hooks.ts';
import { SaidRegion, type Said } from '../said.tsx';
import { PinField } from '../settings/pin-field.tsx';
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
  /** The manager's PIN as typed; null where none is asked for. */
  const [pin, setPin] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Said | null>(null);
  const { id, phone, businessId } = invitation;

  const ask = async (): Promise<void> => {
    const [verdict, office] = await Promise.all([
      desk.call('verdict.check', { phone, name: '', businessId, replaces: null }),
      desk.call('settings.read', {}),
    ]);
    // Whoever said no before stays on that list unless somebody takes the tick away.
    setRefused(verdict.ok && verdict.value.ruling.kind === 'do-not-contact');
    setPin(office.ok && office.value.pin.kind === 'locked' ? '' : null);
    setTrouble(null);
    dialog.current?.showModal();
  };
  const erase = async (): Promise<void> => {
    const refusal = isRefused ? 'kept' : 'forgotten';
    const answer = await desk.call('customer.erase', { id, refusal, pin });
    if (!answer.ok && isAboutPin(answer.failure)) {
      setPin('');
      return setTrouble({ kind: 'failure', failure: answer.failure });
    }
    dialog.current?.close();
    say(
      answer.ok
        ? { kind: 'good', text: t('erase.done', { count: answer.value.invitations }) }
        : { kind: 'failure', failure: answer.failure },
    );
    return undefined;
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
        <form
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            void erase();
          }}
        >
          {pin !== null && (
            <PinField label={t('settings.unlock.pin')} value={pin} onType={setPin} />
          )}
          <SaidRegion said={trouble} />
          <div className="buttons">
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              {t('erase.back')}
            </button>
            <button type="submit" className="button button-danger">
              {t('erase.confirm')}
            </button>
          </div>
        </form>
      </dialog>
    </div>
  );
}

function isAboutPin({ kind }: AnyFailure): boolean {
  return kind === 'wrong-pin' || kind === 'pin-needed';
}
