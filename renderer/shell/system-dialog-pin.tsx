import { useTranslations } from '../i18n/translations.ts';
import { PinDialog } from '../components/pin-dialog.tsx';

type Props = {
  readonly onPin: (pin: string) => void;
  readonly onClose: () => void;
};

/** Asks for the manager's PIN before a kiosk opens a system dialog, which gives access to other programs. */
export function SystemDialogPin({ onPin, onClose }: Props) {
  const { t } = useTranslations();
  return (
    <PinDialog
      title={t('systemBox.title')}
      text={t('systemBox.text')}
      yes={t('systemBox.yes')}
      no={t('systemBox.no')}
      onPin={async (pin) => {
        onPin(pin);
        return null;
      }}
      onClose={onClose}
    />
  );
}
