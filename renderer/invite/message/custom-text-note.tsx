import { IconUndo } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import type { Message } from './use-message.ts';

/** Longer than one line. */
const LINE_MAX = 150;

type Props = {
  readonly message: Message;
  /** Returns to Partoo's template, and to the customer. */
  readonly onBack: () => void;
};

/** A reminder beside Send that a custom text stays for the next customers, with a way to turn it off. */
export function CustomTextNote({ message, onBack }: Props) {
  const { t } = useTranslations();
  const { text, own, write } = message;
  if (text === null) return null;
  return (
    <div className="own-text">
      <p>
        <strong>{t('invite.message.own')}</strong>
        <span dir="auto">{text.slice(0, LINE_MAX)}</span>
      </p>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => {
          write({ ...own, isUsed: false });
          onBack();
        }}
      >
        <IconUndo />
        {t('invite.message.backToTemplate')}
      </button>
    </div>
  );
}
