import type { DeskReport } from '../../../shared/other-desks.ts';
import { MINUTE_MS, type EpochMs } from '../../../shared/time.ts';
import type { Translations } from '../../i18n/translations.ts';

/** A clock that is off by less is not mentioned: nothing depends on it. */
const CLOCK_OFF_MS = 2 * MINUTE_MS;

type Desk = DeskReport['desks'][number];
type Waiting = { readonly waiting: number; readonly oldestWaitingAt: EpochMs | null };

/** Returns what a manager should know about a desk beside its name. */
export function deskNotes({ t, span }: Translations, desk: Desk): readonly string[] {
  const { isThis, isRemoved, hasSharedAll, clockAheadMs } = desk;
  const notes: string[] = [];
  if (isThis) notes.push(t('settings.desks.note.this'));
  if (isRemoved) notes.push(t('settings.desks.note.removed'));
  if (!hasSharedAll && !isRemoved) notes.push(t('settings.desks.note.sharing'));
  if (Math.abs(clockAheadMs) > CLOCK_OFF_MS) {
    notes.push(
      t('settings.desks.note.clock', {
        context: clockAheadMs > 0 ? 'ahead' : 'behind',
        span: span(Math.abs(clockAheadMs)),
      }),
    );
  }
  return notes;
}

/** How many invitations wait, and how long the oldest has been waiting. */
export function waitingText(
  { t, span, locale }: Translations,
  { waiting, oldestWaitingAt }: Waiting,
  now: EpochMs,
): string {
  return waiting === 0 || oldestWaitingAt === null
    ? new Intl.NumberFormat(locale).format(waiting)
    : t('settings.desks.waitingSince', { waiting, span: span(now - oldestWaitingAt) });
}

/** The requests of this minute, the waiting invitations of the organisation, and a pause of all desks. */
export function rateText(
  translations: Translations,
  { rate, organisation }: Pick<DeskReport, 'rate' | 'organisation'>,
  now: EpochMs,
): readonly string[] {
  const { t, span } = translations;
  const { waiting, oldestWaitingAt } = organisation;
  const oldest = oldestWaitingAt === null ? '' : span(now - oldestWaitingAt);
  return [
    t('settings.desks.rate.used', { used: rate.used, most: rate.perMinute }),
    waiting === 0 || oldest === ''
      ? t('settings.desks.rate.waiting', { count: waiting })
      : t('settings.desks.rate.waitingSince', { count: waiting, span: oldest }),
    ...(rate.pausedMs > 0 ? [t('settings.desks.rate.paused', { span: span(rate.pausedMs) })] : []),
  ];
}

/** How many desks a site has, and how many of them have not been seen lately. */
export function desksText(
  { t, locale }: Translations,
  { desks, silentDesks }: NonNullable<DeskReport['sites']>[number],
): string {
  return silentDesks === 0
    ? new Intl.NumberFormat(locale).format(desks)
    : t('settings.desks.silentOf', { desks, silent: silentDesks });
}
