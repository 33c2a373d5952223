import { useState } from 'react';
import { gapEndsAt, type DataGap } from '../../shared/data-gap.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { useNow } from '../ipc/use-ipc.ts';
import { IconAlert, IconCross } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';
import { gapText } from './gap-text.ts';

/**
 * Shows what the database may be missing, what to do about it, and that Partoo is asked before every SMS. Closing it
 * hides it until the next start; another gap appears at once.
 */
export function GapBanner({ gap }: { readonly gap: DataGap }) {
  const words = useTranslations();
  const now = useNow(MINUTE_MS);
  const { title, lost } = gapText(words, gap, now);
  // Its end changes when Partoo has told the time.
  const which = `${gap.why} ${gap.from}`;
  const [closed, setClosed] = useState<string | null>(null);
  if (closed === which) return null;
  return (
    <aside className="gap" aria-label={words.t('gap.label')}>
      <IconAlert />
      <p>
        <strong>{title}</strong>
        <span>{lost}</span>
        <span>{words.t('gap.guard', { until: words.moment(gapEndsAt(gap), now) })}</span>
      </p>
      <button
        type="button"
        className="button button-quiet"
        aria-label={words.t('gap.close')}
        onClick={() => setClosed(which)}
      >
        <IconCross />
      </button>
    </aside>
  );
}
