import { useIpc } from '../ipc/use-ipc.ts';
import { useTranslations } from '../i18n/translations.ts';

type Props = {
  /** Shows what is missing for live use: there is no key yet. */
  readonly onGoLive: () => void;
};

/** Marks practice clearly, so that it is not mistaken for live use. One click ends practice. */
export function PracticeBanner({ onGoLive }: Props) {
  const { t } = useTranslations();
  const ipc = useIpc();

  const leave = async (): Promise<void> => {
    const left = await ipc.call('app.leavePractice', {});
    const isLive = left.ok && left.value.kind === 'open' && left.value.mode === 'live';
    if (!isLive) onGoLive();
  };
  return (
    <aside className="practice" aria-label={t('practice.title')}>
      <p>
        <strong>{t('practice.title')}</strong>
        <span>{t('practice.text')}</span>
      </p>
      <button type="button" className="button" onClick={() => void leave()}>
        {t('practice.goLive')}
      </button>
    </aside>
  );
}
