import { useId, useState } from 'react';
import type { AnyFailure } from '../ipc/client.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { useTranslations } from '../i18n/translations.ts';
import { FailureNote } from '../components/failure-note.tsx';

/** Asks which PC sends the waiting invitations: until then nothing is sent or dropped here. */
export function ChooseOwner() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const takeOverId = useId();
  const leaveId = useId();
  const [failure, setFailure] = useState<AnyFailure | null>(null);

  const settle = async (as: 'take-over' | 'leave'): Promise<void> => {
    const answer = await ipc.call('databaseOwner.choose', { as });
    setFailure(answer.ok ? null : answer.failure);
  };
  return (
    <div className="other-pc">
      <div>
        <button
          type="button"
          className="button"
          aria-describedby={takeOverId}
          onClick={() => void settle('take-over')}
        >
          {t('connection.otherPc.takeOver')}
        </button>
        <p id={takeOverId}>{t('connection.otherPc.takeOverAbout')}</p>
      </div>
      <div>
        <button
          type="button"
          className="button"
          aria-describedby={leaveId}
          onClick={() => void settle('leave')}
        >
          {t('connection.otherPc.leave')}
        </button>
        <p id={leaveId}>{t('connection.otherPc.leaveAbout')}</p>
      </div>
      {failure !== null && <FailureNote failure={failure} />}
    </div>
  );
}
