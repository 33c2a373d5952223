import { useId, useState } from 'react';
import { useIpc } from '../../ipc/use-ipc.ts';
import { IconLock } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings } from '../settings-context.tsx';
import { PinField } from '../../components/pin-field.tsx';
import { isBad, StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { sectionId } from '../section.tsx';

/** Asks for the PIN before settings can be changed. */
export function UnlockForm() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const { again } = useSettings();
  const [typed, setTyped] = useState('');
  const saidId = useId();
  const [said, setSaid] = useState<StatusMessage | null>(null);

  const unlock = async (): Promise<void> => {
    const answer = await ipc.call('settings.unlock', { pin: typed });
    setTyped('');
    setSaid(answer.ok ? null : { kind: 'failure', failure: answer.failure });
    if (!answer.ok) return;
    again();
    // The focused form disappears, so move the focus.
    document.getElementById(sectionId('key'))?.focus();
  };
  return (
    <form
      className="card section unlock"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      <p className="unlock-lead">
        <IconLock />
        {t('settings.unlock.lead')}
      </p>
      <div className="unlock-field">
        <PinField
          label={t('settings.unlock.pin')}
          value={typed}
          onType={setTyped}
          wrongBy={isBad(said) ? saidId : undefined}
        />
        <button type="submit" className="button button-primary">
          {t('settings.unlock.open')}
        </button>
      </div>
      <StatusRegion said={said} id={saidId} />
      <p className="hint">{t('settings.unlock.forgotten')}</p>
    </form>
  );
}
