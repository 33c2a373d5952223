import { useTranslations } from '../../i18n/translations.ts';
import type { IpcClient } from '../../ipc/client.ts';
import { useQuery } from '../../ipc/use-ipc.ts';
import { useNow, useRepeat } from '../../time/use-clock.ts';
import { erasureText } from './erasure-text.ts';
import { READ_EVERY_MS, REPORT_CHANGES } from './read-report.ts';

const readErasures = (ipc: IpcClient) => ipc.call('desks.readErasures', {});

/** The erasures that this desk has ordered and that not every desk has done; nothing without one. */
export function Erasures() {
  const translations = useTranslations();
  const { answer, again } = useQuery(readErasures, REPORT_CHANGES);
  useRepeat(READ_EVERY_MS, again);
  const now = useNow(READ_EVERY_MS);
  // The report on the desks shows the same failure.
  const erasures = answer?.ok === true ? answer.value : [];
  if (erasures.length === 0) return null;
  return (
    <>
      <h3>{translations.t('settings.desks.erasures.title')}</h3>
      <ul className="erasures">
        {erasures.map((erasure) => (
          <li key={erasure.at}>{erasureText(translations, erasure, now).join(' ')}</li>
        ))}
      </ul>
    </>
  );
}
