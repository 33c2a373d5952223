import type { Connection } from '../../shared/connection.ts';
import type { Progress } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Words } from '../words.ts';

/** What happens next with an open invitation; empty for one that is finished. */
export function nextWords(
  { t, moment, since }: Words,
  progress: Progress,
  connection: Connection['kind'],
  now: EpochMs,
): string {
  switch (progress.state) {
    case 'held':
      return progress.why === 'undo'
        ? t('outbox.next.undo')
        : t('outbox.next.hours', { when: moment(progress.notBefore, now) });
    case 'waiting':
      if (connection !== 'online' && connection !== 'unknown') return t('outbox.next.connection');
      return progress.dueAt <= now
        ? t('outbox.next.due')
        : t('outbox.next.later', { time: since(progress.dueAt, now) });
    case 'sending':
      return t('outbox.next.sending');
    case 'unconfirmed':
      return t('outbox.next.unconfirmed', { time: since(progress.dueAt, now) });
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
