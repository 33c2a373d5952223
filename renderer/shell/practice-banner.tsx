import { useIpc } from '../ipc/use-ipc.ts';
import { useTranslations } from '../i18n/translations.ts';

type Props = {
  /** Shows what is missing to be live: there is no key yet. */
  readonly onGoLive: () => void;
};

/** Nobody may take practice for the real thing, nor the other way round. One click leaves it. */
export function PracticeBanner({ onGoLive }: Props) {
  const { t } = useTranslations();
  const desk = useIpc();

  const leave = async (): Promise<void> => {
    const left = await desk.call('desk.leavePractice', {});
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
