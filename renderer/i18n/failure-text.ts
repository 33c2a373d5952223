import { MINUTE_MS } from '../../shared/time.ts';
import type { AnyFailure } from '../ipc/client.ts';
import type { Translations } from './translations.ts';

/** Returns what went wrong and what to do, in a sentence or two. */
export function failureText({ t, time }: Translations, failure: AnyFailure): string {
  switch (failure.kind) {
    case 'storage':
      return t(`failure.storage.${failure.why}`);
    case 'bug':
      return t('failure.bug', { reference: failure.reference });
    case 'keychain':
      return t(`failure.keychain.${failure.why}`);
    case 'bad-key':
      return t(`failure.bad-key.${failure.why}`);
    case 'pin-needed':
      return t(failure.isSet ? 'failure.pin-needed.set' : 'failure.pin-needed.unset');
    case 'wrong-pin':
      return failure.waitSeconds === 0
        ? t('failure.wrong-pin.again')
        : t('failure.wrong-pin.wait', { count: failure.waitSeconds });
    case 'pin-wait':
      return failure.waitSeconds === 0
        ? t('failure.pin-wait.over')
        : t('failure.pin-wait.wait', { count: failure.waitSeconds });
    case 'export':
      return t(`failure.export.${failure.why}`);
    case 'backup':
      return t(`failure.backup.${failure.why}`);
    case 'shared-staff':
      return t(`failure.shared-staff.${failure.why}`);
    case 'desk-change':
      return t(`failure.desk-change.${failure.why}`);
    case 'take-over':
      return t(`failure.take-over.${failure.why}`);
    case 'message':
      return t(`invite.message.problem.${failure.problem}`);
    case 'unconfirmed':
      return t('failure.unconfirmed', {
        time: time(Math.ceil(failure.until / MINUTE_MS) * MINUTE_MS),
      });
    case 'blocked':
    case 'not-allowed':
    case 'ticket':
    case 'consent':
    case 'unknown-business':
    case 'too-fast':
    case 'too-late':
    case 'locked':
    case 'declined':
    case 'export-busy':
    case 'print':
    case 'sites-unavailable':
    case 'sending':
      return t(`failure.${failure.kind}`);
    default:
      return failure satisfies never;
  }
}
