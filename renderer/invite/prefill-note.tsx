import { IconAlert, IconCheckRing } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';
import type { PrefillState } from './use-prefill.ts';

type Props = {
  readonly prefill: PrefillState;
  /** The token of the current form. */
  readonly token: string;
};

/** Shows where a prefilled number came from, or offers a prefill. */
export function PrefillNote({ prefill: { note, accept, dismiss }, token }: Props) {
  const { t } = useTranslations();
  return (
    <div role="status" className="prefill-note">
      {note?.kind === 'filled' && note.token === token && (
        <p className="note note-plain">
          <IconCheckRing />
          <span>{t(`prefill.filled.${note.from}`)}</span>
        </p>
      )}
      {note?.kind === 'refused' && (
        <div className="note note-bad">
          <IconAlert />
          <span>{t('prefill.refused')}</span>
          <button type="button" className="button" onClick={dismiss}>
            {t('prefill.dismiss')}
          </button>
        </div>
      )}
      {note?.kind === 'offered' && (
        <div className="note note-plain">
          <IconAlert />
          <span>
            {t('prefill.offered', {
              who: [note.customer.name, note.customer.phone].join(' ').trim(),
            })}
          </span>
          <div className="buttons prefill-buttons">
            <button type="button" className="button" onClick={() => accept(note.customer)}>
              {t('prefill.accept')}
            </button>
            <button type="button" className="button" onClick={dismiss}>
              {t('prefill.keep')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
