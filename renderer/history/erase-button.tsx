import { useId, useRef, useState } from 'react';
import type { E164 } from '../../shared/phone/e164.ts';
import { formatPhone } from '../../shared/phone/phone.ts';
import type { AnyFailure, DeskSettings } from '../ipc/client.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { isBad, StatusRegion, type StatusMessage } from '../components/status-message.tsx';
import { PinField } from '../components/pin-field.tsx';
import { useTranslations } from '../i18n/translations.ts';
import { useSiteStatus } from '../other-desks/use-site-status.ts';

type Props = {
  readonly phone: E164;
  /** The label of the button. */
  readonly label: string;
  readonly settings: DeskSettings;
  readonly say: (said: StatusMessage | null) => void;
};

/** A placeholder for a desk without a business: the do-not-contact list does not depend on one. */
const NO_BUSINESS = 'none';

/** The right to erasure: asks once, then deletes all data about the number on this PC, and at the other desks. */
export function EraseButton({ phone, label, settings, say }: Props) {
  const { t } = useTranslations();
  const ipc = useIpc();
  const isAlone = useSiteStatus().kind === 'alone';
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  const troubleId = useId();
  const [isRefused, setRefused] = useState(false);
  /** The typed manager's PIN; null where none is needed. */
  const [pin, setPin] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<StatusMessage | null>(null);
  const businessId = settings.businesses[0]?.id ?? NO_BUSINESS;

  const ask = async (): Promise<void> => {
    const [verdict, office] = await Promise.all([
      ipc.call('verdict.check', { phone, name: '', businessId, replaces: null }),
      ipc.call('settings.read', {}),
    ]);
    // A customer who refused before stays on the list unless the user unticks the box.
    setRefused(verdict.ok && verdict.value.ruling.kind === 'do-not-contact');
    setPin(office.ok && office.value.pin.kind === 'locked' ? '' : null);
    setTrouble(null);
    dialog.current?.showModal();
  };
  const erase = async (): Promise<void> => {
    const refusal = isRefused ? 'kept' : 'forgotten';
    const answer = await ipc.call('customer.erase', { phone, refusal, pin });
    if (!answer.ok && isAboutPin(answer.failure)) {
      setPin('');
      return setTrouble({ kind: 'failure', failure: answer.failure });
    }
    dialog.current?.close();
    say(
      answer.ok
        ? { kind: 'good', text: doneText(t, answer.value, refusal) }
        : { kind: 'failure', failure: answer.failure },
    );
    return undefined;
  };

  return (
    <div className="erase">
      <button type="button" className="button button-quiet" onClick={() => void ask()}>
        {label}
      </button>
      <dialog
        ref={dialog}
        className="card erase-dialog"
        aria-labelledby={titleId}
        aria-describedby={textId}
      >
        <h2 id={titleId}>
          {t('erase.title', { phone: formatPhone(phone, settings.defaultCountry) })}
        </h2>
        <div id={textId} className="erase-dialog-text">
          <p>{t(isAlone ? 'erase.text' : 'erase.textEverywhere')}</p>
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
            <PinField
              label={t('settings.unlock.pin')}
              value={pin}
              onType={setPin}
              wrongBy={isBad(trouble) ? troubleId : undefined}
            />
          )}
          <StatusRegion said={trouble} id={troubleId} />
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
  return kind === 'wrong-pin' || kind === 'pin-wait' || kind === 'pin-needed';
}

function doneText(
  t: ReturnType<typeof useTranslations>['t'],
  { invitations, elsewhere }: Output<'customer.erase'>,
  refusal: 'kept' | 'forgotten',
): string {
  const none = refusal === 'kept' ? t('erase.doneKept') : t('erase.doneNone');
  const here = invitations > 0 ? t('erase.done', { count: invitations }) : none;
  return elsewhere === 'none' ? here : `${here} ${t(`erase.elsewhere.${elsewhere}`)}`;
}
