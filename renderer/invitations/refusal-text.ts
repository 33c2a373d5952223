import type { Progress } from '../../shared/invitation.ts';
import type { Words } from '../i18n/translations.ts';

/** Why Partoo said no: our words, then its own. */
export function refusalWords(
  { t }: Words,
  refused: Extract<Progress, { readonly state: 'refused' }>,
): string {
  const why = t(`refused.${refused.why}`);
  return refused.text === '' ? why : `${why} ${t('common.partoo', { text: refused.text })}`;
}
