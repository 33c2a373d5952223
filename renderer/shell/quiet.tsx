import { useWords } from '../words.ts';

/** Stands where something is about to be. The words show only when it takes long. */
export function Quiet() {
  const { t } = useWords();
  return <p className="quiet">{t('common.loading')}</p>;
}
