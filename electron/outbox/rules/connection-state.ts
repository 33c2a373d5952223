import type { Connection, OfflineCause } from '../../../shared/connection.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { NotSentCause, UnclearCause } from '../../../shared/attempt.ts';

/** The cause that staff see when a connection fails. */
function offlineCause(
  cause: Exclude<NotSentCause, 'no-key' | 'keychain'> | UnclearCause,
): OfflineCause {
  switch (cause) {
    case 'unreachable':
    case 'local':
      return 'network';
    case 'dns':
      return 'dns';
    case 'refused':
    case 'timeout':
    case 'reset':
    case 'server-error':
    case 'died':
    case 'gap':
      return 'partoo';
    case 'tls':
      return 'certificate';
    case 'redirect':
    case 'web-page':
      return 'portal';
    case 'odd-status':
    case 'unknown-shape':
    case 'unreadable':
      return 'unknown-answer';
    case 'proxy':
      return 'proxy';
    case 'proxy-auth':
      return 'proxy-sign-in';
    default:
      return cause satisfies never;
  }
}

/** The connection state after an attempt or a request without an answer. */
export function unreachable(
  cause: NotSentCause | UnclearCause,
  since: EpochMs,
  retryAt: EpochMs,
): Extract<Connection, { kind: 'no-key' | 'no-keychain' | 'offline' }> {
  if (cause === 'no-key') return { kind: 'no-key' };
  if (cause === 'keychain') return { kind: 'no-keychain' };
  return { kind: 'offline', cause: offlineCause(cause), since, retryAt };
}

/** A business that Partoo denies to this key (403), with Partoo's text. */
export type BusinessPause = { readonly businessId: string; readonly text: string };

/** The connection state after an answer of Partoo: everything may be sent, or everything except for some businesses. */
export function reachable(
  pauses: readonly BusinessPause[],
): Extract<Connection, { kind: 'online' | 'no-access' }> {
  const latest = pauses.at(-1);
  if (latest === undefined) return { kind: 'online' };
  const businessIds = pauses.map(({ businessId }) => businessId);
  return { kind: 'no-access', businessIds, text: latest.text };
}

/** Whether a connection state promises a request before the end of a pause. */
export function endsSooner(next: Connection, pauseEndsAt: EpochMs): boolean {
  switch (next.kind) {
    case 'busy':
      return next.until < pauseEndsAt;
    case 'unknown':
    case 'online':
    case 'clock-off':
    case 'no-access':
    case 'offline':
      return true;
    case 'clock-wrong':
    case 'other-pc':
    case 'no-key':
    case 'no-keychain':
    case 'key-refused':
    case 'storage':
    case 'stopped':
      return false;
    default:
      return next satisfies never;
  }
}

/** Whether a request is worth trying: not while the connection is known to be down. */
export function isReachable({ kind }: Connection): boolean {
  return kind === 'online' || kind === 'clock-off' || kind === 'no-access' || kind === 'unknown';
}
