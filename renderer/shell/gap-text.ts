import type { Gap } from '../../shared/data-gap.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Words } from '../i18n/translations.ts';

/** What happened to the log, and what of it may be missing. `now` only serves to shorten dates. */
export function gapWords(
  { t, since }: Words,
  { why, from, to }: Gap,
  now: EpochMs,
): { readonly title: string; readonly lost: string } {
  const isNothingLeft = from === null && (why === 'damaged' || why === 'missing');
  return {
    title: t(isNothingLeft ? `gap.${why}None` : `gap.${why}`),
    lost: lostWords({ t, since }, { why, from, to }, now),
  };
}

function lostWords(
  { t, since }: Pick<Words, 't' | 'since'>,
  { why, from, to }: Pick<Gap, 'why' | 'from' | 'to'>,
  now: EpochMs,
): string {
  const end = since(to, now);
  if (from === null) return t(why === 'damaged' ? 'gap.others' : 'gap.all', { to: end });
  const begin = since(from, now);
  if (why === 'restored') return t('gap.kept', { from: begin });
  // Within one minute both read the same.
  const lost = begin === end ? t('gap.at', { to: end }) : t('gap.since', { from: begin, to: end });
  return why === 'damaged' ? `${t('gap.salvaged')} ${lost}` : lost;
}
