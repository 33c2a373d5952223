import type { Connection } from '../../shared/connection.ts';
import type { Invitation, Progress } from '../../shared/invitation.ts';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import type { Translations } from '../i18n/translations.ts';

/** Describes the next step of an open invitation; empty for a finished one. */
export function nextStepText(
  translations: Translations,
  invitation: Invitation,
  connection: Connection,
  now: EpochMs,
): string {
  const { t, since } = translations;
  const { progress } = invitation;
  const obstacle = (): string | null =>
    obstacleText(translations, connection, invitation.businessId, now);
  switch (progress.state) {
    case 'held': {
      // Nothing is released while sending is blocked.
      const isOver = progress.notBefore <= now;
      if (!isOver) return heldText(translations, progress, connection, now);
      return obstacle() ?? t('outbox.next.due');
    }
    case 'waiting':
      return obstacle() ?? dueText(translations, progress, now);
    case 'sending':
      return t('outbox.next.sending');
    case 'unconfirmed':
      // A time holds only without an obstacle.
      return progress.dueAt > now && obstacle() === null
        ? t('outbox.next.unconfirmed', { time: since(progress.dueAt, now) })
        : t('outbox.next.unconfirmedDue');
    case 'needs_decision':
      return t(`outbox.next.${progress.why}`);
    case 'accepted':
    case 'refused':
    case 'maybe_sent':
    case 'cancelled':
    case 'expired':
      return '';
    default:
      return progress satisfies never;
  }
}

function heldText(
  { t, moment, since }: Translations,
  { why, notBefore }: Extract<Progress, { readonly state: 'held' }>,
  connection: Connection,
  now: EpochMs,
): string {
  // A pause that Partoo asked for may last beyond the start of the sending hours.
  if (connection.kind === 'busy' && connection.until > notBefore)
    return t('outbox.next.busy', { time: since(connection.until, now) });
  return why === 'undo'
    ? t('outbox.next.undo')
    : t('outbox.next.hours', { when: moment(notBefore, now) });
}

/** Allows for a `now` that is older than the last change. */
const SOON_MS = 30 * SECOND_MS;

function dueText(
  { t, since }: Translations,
  { dueAt }: Extract<Progress, { readonly state: 'waiting' }>,
  now: EpochMs,
): string {
  return dueAt - now <= SOON_MS
    ? t('outbox.next.due')
    : t('outbox.next.later', { time: since(dueAt, now) });
}

/** Describes what keeps a business's invitations from being sent; null without an obstacle. */
function obstacleText(
  { t, since }: Translations,
  connection: Connection,
  businessId: string,
  now: EpochMs,
): string | null {
  switch (connection.kind) {
    case 'unknown':
    case 'online':
    case 'clock-off':
      return null;
    case 'no-access':
      return connection.businessIds.includes(businessId) ? t('outbox.next.access') : null;
    case 'offline':
      return t('outbox.next.connection');
    case 'no-key':
    case 'no-keychain':
    case 'key-refused':
      return t('outbox.next.key');
    case 'busy':
      return t('outbox.next.busy', { time: since(connection.until, now) });
    case 'clock-wrong':
      return t('outbox.next.clock');
    case 'storage':
    case 'stopped':
    case 'other-pc':
      return t('outbox.next.stopped');
    default:
      return connection satisfies never;
  }
}

/** Returns what a person must know before choosing; undefined without a choice. */
export function explanationOf({ t }: Translations, invitation: Invitation): string | undefined {
  const { progress, mayHaveLeft, forceReason } = invitation;
  if (progress.state === 'unconfirmed') return t('outbox.explain.unconfirmed');
  if (progress.state !== 'needs_decision') return undefined;
  if (mayHaveLeft) {
    return progress.why === 'unproved' || progress.why === 'not-accepted'
      ? t('outbox.explain.unproved')
      : t('outbox.explain.oldUnproved');
  }
  if (progress.why !== 'too-old' && progress.why !== 'not-accepted')
    return t('outbox.explain.window');
  if (forceReason !== null) return t('outbox.explain.oldForced');
  return progress.why === 'too-old' ? t('outbox.explain.old') : t('outbox.explain.notAccepted');
}
