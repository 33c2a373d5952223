import { IconUndo } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import type { Message } from './use-message.ts';

/** More than fits into one line. */
const LINE_MAX = 150;

type Props = {
  readonly message: Message;
  /** Partoo's template is chosen again: on with the customer. */
  readonly onBack: () => void;
};

/** A text of one's own stays for the next customers: it is seen where Send is pressed, and taken back there. */
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
