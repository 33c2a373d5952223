import { useState } from 'react';
import { gapEndsAt, type DataGap } from '../../shared/data-gap.ts';
import { MINUTE_MS, type EpochMs } from '../../shared/time.ts';
import { useNow } from '../time/use-clock.ts';
import { IconAlert, IconCross } from '../components/icons.tsx';
import { useTranslations, type Translations } from '../i18n/translations.ts';

/**
 * Shows what the database may be missing, what to do about it, and that Partoo is asked before every SMS. Closing it
 * hides it until the next start; another gap appears at once.
 */
export function GapBanner({ gap }: { readonly gap: DataGap }) {
  const translations = useTranslations();
  const now = useNow(MINUTE_MS);
  const { title, lost } = gapText(translations, gap, now);
  // Its end changes when Partoo has told the time.
  const which = `${gap.why} ${gap.from}`;
  const [closed, setClosed] = useState<string | null>(null);
  if (closed === which) return null;
  return (
    <aside className="gap" aria-label={translations.t('gap.label')}>
      <IconAlert />
      <p>
        <strong>{title}</strong>
        <span>{lost}</span>
        <span>
          {translations.t('gap.guard', { until: translations.moment(gapEndsAt(gap), now) })}
        </span>
      </p>
      <button
        type="button"
        className="button button-quiet"
        aria-label={translations.t('gap.close')}
        onClick={() => setClosed(which)}
      >
        <IconCross />
      </button>
    </aside>
  );
}

/** Describes what happened to the database, and what may be missing. `now` is used only to shorten dates. */
export function gapText(
  { t, since }: Translations,
  { why, from, to }: DataGap,
  now: EpochMs,
): { readonly title: string; readonly lost: string } {
  const isNothingLeft = from === null && (why === 'damaged' || why === 'missing');
  return {
    title: t(isNothingLeft ? `gap.${why}None` : `gap.${why}`),
    lost: lostText({ t, since }, { why, from, to }, now),
  };
}

function lostText(
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
