import { useTranslations } from '../i18n/translations.ts';

/** A placeholder while a part loads. The text appears only after a delay. */
export function Loading() {
  const { t } = useTranslations();
  return <p className="quiet">{t('common.loading')}</p>;
}
