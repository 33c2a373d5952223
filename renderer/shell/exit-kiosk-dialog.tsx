import { useIpc } from '../ipc/use-ipc.ts';
import { useTranslations } from '../i18n/translations.ts';
import { PinDialog } from '../components/pin-dialog.tsx';

/** Asks for the manager's PIN before a kiosk closes. */
export function ExitKioskDialog({ onStay }: { readonly onStay: () => void }) {
  const { t } = useTranslations();
  const ipc = useIpc();
  return (
    <PinDialog
      title={t('leaving.title')}
      text={t('leaving.text')}
      yes={t('leaving.close')}
      no={t('leaving.stay')}
      onPin={async (pin) => {
        const answer = await ipc.call('kiosk.exit', { pin });
        return answer.ok ? null : { kind: 'failure', failure: answer.failure };
      }}
      onClose={onStay}
    />
  );
}
