import type { Connection } from '../../shared/connection.ts';
import type { Business } from '../../shared/settings.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Translations } from '../i18n/translations.ts';

/** The banner's text about a connection; `tone` tells who must act. */
export type ConnectionText = {
  readonly tone: 'wait' | 'act';
  readonly title: string;
  readonly text: string;
  /** Changes too often to be announced. */
  readonly detail: string;
  /** Whether the problem is solved in Settings. */
  readonly isForSettings: boolean;
  /** Whether the waiting invitations are sent automatically afterwards. */
  readonly isPassing: boolean;
};

/** Null without a message. */
export function connectionText(
  { t, time, since, span, list }: Translations,
  connection: Connection,
  businesses: readonly Business[],
  now: EpochMs,
): ConnectionText | null {
  switch (connection.kind) {
    case 'unknown':
    case 'online':
      return null;
    case 'clock-off':
      return {
        ...act(
          t('connection.clockOff.title', {
            context: connection.aheadMs > 0 ? 'ahead' : 'behind',
            span: span(Math.abs(connection.aheadMs)),
          }),
          t('connection.clockOff.text'),
        ),
        tone: 'wait',
      };
    case 'clock-wrong':
      return connection.aheadMs === null
        ? act(t('connection.clockBack.title'), t('connection.clockBack.text'))
        : act(
            t('connection.clockWrong.title', {
              context: connection.aheadMs > 0 ? 'ahead' : 'behind',
              span: span(Math.abs(connection.aheadMs)),
            }),
            t('connection.clockWrong.text'),
          );
    case 'offline':
      return {
        tone: 'wait',
        title: t(`connection.offline.${connection.cause}.title`),
        text: t(`connection.offline.${connection.cause}.text`),
        detail:
          connection.retryAt > now
            ? t('connection.nextTry', { time: time(connection.retryAt) })
            : t('connection.nextTryNow'),
        isForSettings: false,
        isPassing: true,
      };
    case 'other-pc':
      return act(t('connection.otherPc.title'), t('connection.otherPc.text'));
    case 'no-key':
      return inSettings(act(t('connection.noKey.title'), t('connection.noKey.text')));
    case 'no-keychain':
      return act(t('connection.noKeychain.title'), t('connection.noKeychain.text'));
    case 'key-refused':
      return inSettings(
        act(
          t('connection.keyRefused.title'),
          t('connection.keyRefused.text'),
          connection.text === '' ? '' : t('common.partoo', { text: connection.text }),
        ),
      );
    case 'no-access': {
      const names = connection.businessIds.map((id) => nameOf(id, businesses));
      return act(
        t('connection.noAccess.title', { businesses: list(names) }),
        t('connection.noAccess.text'),
        connection.text === '' ? '' : t('common.partoo', { text: connection.text }),
      );
    }
    case 'busy':
      return {
        tone: 'wait',
        title: t('connection.busy.title'),
        text: t('connection.busy.text', { time: since(connection.until, now) }),
        detail: '',
        isForSettings: false,
        isPassing: true,
      };
    case 'storage':
      return act(t('connection.storage.title'), t(`connection.storage.${connection.why}`));
    case 'stopped':
      return act(
        t('connection.stopped.title'),
        t('connection.stopped.text', { reference: connection.reference }),
      );
    default:
      return connection satisfies never;
  }
}

function act(title: string, text: string, detail = ''): ConnectionText {
  return { tone: 'act', title, text, detail, isForSettings: false, isPassing: false };
}

function inSettings(text: ConnectionText): ConnectionText {
  return { ...text, isForSettings: true };
}

function nameOf(id: string, businesses: readonly Business[]): string {
  return businesses.find((business) => business.id === id)?.name ?? id;
}
