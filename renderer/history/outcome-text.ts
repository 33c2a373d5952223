import type { Progress } from '../../shared/invitation.ts';
import { DAY_MS, HOUR_MS, type EpochMs } from '../../shared/time.ts';
import type { Translations } from '../i18n/translations.ts';

/** Partoo is polled for the delivery for a day; after that nothing changes any more. */
const NEWS_FOR_MS = DAY_MS + HOUR_MS;

/** Returns the outcome after an invitation's state, in a few words. */
export function outcomeText({ t }: Translations, progress: Progress, now: EpochMs): string {
  if (progress.state === 'refused') return t(`refused.${progress.why}`);
  if (progress.state === 'cancelled')
    return progress.why === undefined ? '' : t(`cancelled.${progress.why}`);
  if (progress.state !== 'accepted' || progress.evidence === 'person') return '';
  const { delivery } = progress;
  const isOver = now - progress.at > NEWS_FOR_MS;
  if (delivery === null) return isOver ? t('delivery.noNews') : '';
  const isFinal = delivery !== 'created' && delivery !== 'sent';
  return isOver && !isFinal ? t('delivery.noNews') : t(`delivery.${delivery}`);
}
