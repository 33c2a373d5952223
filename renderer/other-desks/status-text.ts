import type { ApartCause, SiteStatus } from '../../shared/other-desks.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Translations } from '../i18n/translations.ts';

/** The line about the other desks. */
export type SiteStatusText = {
  readonly text: string;
  /** What a person can do; empty where nothing has to be done. */
  readonly todo: string;
  /** Changes too often to be announced. */
  readonly detail: string;
};

/** Null while there is nothing to say: this desk is alone or connected, or has just started. */
export function siteStatusText(
  { t, since }: Translations,
  status: SiteStatus,
  now: EpochMs,
): SiteStatusText | null {
  switch (status.kind) {
    case 'alone':
    case 'connecting':
    case 'connected':
      return null;
    case 'joining':
      return {
        text: t('otherDesks.joining.text'),
        todo: '',
        detail: t('otherDesks.joining.left', {
          invitations: t('otherDesks.joining.invitations', { count: status.invitations }),
          refusals: t('otherDesks.joining.refusals', { count: status.refusals }),
        }),
      };
    case 'apart': {
      const when = since(status.since, now);
      return {
        text: t(status.waits ? 'otherDesks.apart.waits' : 'otherDesks.apart.searches', { when }),
        todo: todoText(t, status.cause),
        detail: '',
      };
    }
    default:
      return status satisfies never;
  }
}

function todoText(t: Translations['t'], cause: ApartCause): string {
  switch (cause) {
    case 'unreachable':
    case 'overloaded':
    case 'other':
      return '';
    case 'certificate':
    case 'password':
    case 'schema':
    case 'read-only':
    case 'removed':
    case 'not-joined':
    case 'keychain':
    case 'clock':
      return t(`otherDesks.todo.${cause}`);
    default:
      return cause satisfies never;
  }
}
