import type { DataGap } from '../../shared/data-gap.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Translations } from '../i18n/translations.ts';

/** Describes what happened to the database, and what may be missing. `now` is used only to shorten dates. */
export function gapText(
  { t, since }: Translations,
  { why, from, to }: DataGap,
  now: EpochMs,
): { readonly title: string; readonly lost: string } {
  const isNothingLeft = from === null && (why === 'damaged' || why === 'missing');
  return {
    title: t(isNothingLeft ? `gap.${why}None` : `gap.${why}`),
    lost: lostWords({ t, since }, { why, from, to }, now),
  };
}

function lostWords(
  { t, since }: Pick<Translations, 't' | 'since'>,
  { why, from, to }: Pick<DataGap, 'why' | 'from' | 'to'>,
  now: EpochMs,
): string {
  const end = since(to, now);
  if (from === null) return t(why === 'damaged' ? 'gap.others' : 'gap.all', { to: end });
  const begin = since(from, now);
  if (why === 'restored') return t('gap.kept', { from: begin });
  // Within one minute both times look the same.
  const lost = begin === end ? t('gap.at', { to: end }) : t('gap.since', { from: begin, to: end });
  return why === 'damaged' ? `${t('gap.salvaged')} ${lost}` : lost;
}
