import { useState } from 'react';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { useOneAtATime } from '../../components/use-one-at-a-time.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useIpc } from '../../ipc/use-ipc.ts';

/** The button that writes the table of sites to a file, and what became of it. */
export function SitesExport() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const oneAtATime = useOneAtATime();
  const [said, setSaid] = useState<StatusMessage | null>(null);

  const exportFile = async (): Promise<void> => {
    const answer = await ipc.call('desks.exportSites', { as: 'csv' });
    if (!answer.ok) return setSaid({ kind: 'failure', failure: answer.failure });
    const { value } = answer;
    if (value.kind === 'cancelled') return setSaid(null);
    const { rows: count, fileName: file } = value;
    return setSaid({ kind: 'good', text: t('settings.desks.exported', { count, file }) });
  };
  return (
    <>
      <div className="buttons">
        <button
          type="button"
          className="button"
          onClick={() => void oneAtATime('export', exportFile)}
        >
          {t('settings.desks.export')}
        </button>
      </div>
      <StatusRegion said={said} />
    </>
  );
}
