import type { Gap } from '../../shared/gap.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Words } from '../words.ts';

/** What happened to the log, and what of it may be missing. `now` only serves to shorten dates. */
export function gapWords(
  { t, since }: Words,
  { why, from, to }: Gap,
  now: EpochMs,
): { readonly title: string; readonly lost: string } {
  const isNothingLeft = from === null && (why === 'damaged' || why === 'missing');
  return {
    title: t(isNothingLeft ? `gap.${why}None` : `gap.${why}`),
    lost:
      from === null
        ? t('gap.all', { to: since(to, now) })
        : t('gap.since', { from: since(from, now), to: since(to, now) }),
  };
}
