import { useTranslations } from '../i18n/translations.ts';

/** Stands where something is about to be. The words show only when it takes long. */
export function Loading() {
  const { t } = useTranslations();
  return <p className="quiet">{t('common.loading')}</p>;
}
