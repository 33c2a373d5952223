import { IconAlert } from './icons.tsx';
import { useTranslations } from '../i18n/translations.ts';

/** Shown when a part of the page has thrown. */
export function BrokenPage({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useTranslations();
  return (
    <div className="notice" role="alert">
      <IconAlert />
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.text')}</p>
      <button type="button" className="button button-primary" onClick={onAgain}>
        {t('broken.again')}
      </button>
    </div>
  );
}
