import { useWords } from '../words.ts';

/** Nobody may take practice for the real thing, nor the other way round. */
export function PracticeBanner({ onGoLive }: { readonly onGoLive: () => void }) {
  const { t } = useWords();
  return (
    <aside className="practice" aria-label={t('practice.title')}>
      <p>
        <strong>{t('practice.title')}</strong>
        <span>{t('practice.text')}</span>
      </p>
      <button type="button" className="button" onClick={onGoLive}>
        {t('practice.goLive')}
      </button>
    </aside>
  );
}
