import type { PastedNumber } from '../../../shared/phone/phone.ts';
import { IconAlert } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { shownPhone } from './phone-input.ts';
import type { FormState } from '../use-form-state.ts';

type Props = {
  readonly filling: Pick<FormState, 'form' | 'known' | 'pasteNote' | 'takeOther'>;
  /** Moves the cursor to the next field to fill in. */
  readonly onTaken: () => void;
};

/** Shows which parts of a pasted text were not taken, and offers its other numbers. */
export function PasteNoteRegion({ filling, onTaken }: Props) {
  const { t, list } = useTranslations();
  const { pasteNote, takeOther, known, form } = filling;
  // A name that is in the field by now was not skipped.
  const names = pasteNote?.namesLeftOut.filter((name) => name !== form.name.trim()) ?? [];
  const shown = ({ phone }: PastedNumber): string =>
    known === null ? phone : shownPhone(known, phone);
  return (
    <div role="status" className="paste-note">
      {pasteNote !== null && (
        <div className="note note-plain">
          <IconAlert />
          <div>
            {pasteNote.areDigitsLeftOut && <p>{t('paste.noNumber')}</p>}
            {names.length > 0 && <p>{t('paste.namesLeftOut', { names: list(names) })}</p>}
            {pasteNote.isNameLeftOut && names.length === 0 && <p>{t('paste.nameLeftOut')}</p>}
            {pasteNote.others.length > 0 && (
              <p>
                {pasteNote.isChosen
                  ? t('paste.numberChosen', { phone: shown(pasteNote.taken) })
                  : t('paste.otherNumbers')}
              </p>
            )}
          </div>
          {pasteNote.others.length > 0 && (
            <div className="buttons prefill-buttons">
              {pasteNote.others.map((other) => (
                <button
                  key={other.phone}
                  type="button"
                  className="button"
                  onClick={() => {
                    takeOther(other);
                    onTaken();
                  }}
                >
                  {t('paste.useNumber', { phone: shown(other) })}
                </button>
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
