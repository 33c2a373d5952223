import { apiUrlSchema } from '../../shared/settings.ts';
import type { Clock } from '../../shared/time.ts';
import type { Outcome } from '../../shared/attempt.ts';
import type { Partoo } from '../outbox/partoo-port.ts';
import { searchBusinesses } from './search-businesses.ts';
import { createTrust } from './certificates.ts';
import { checkDelivery } from './check-delivery.ts';
import { READ_LIMITS, SEND_LIMITS } from './time-and-size-limits.ts';
import type { TimeLimits } from './time-and-size-limits.ts';
import { createRequester } from './request.ts';
import type { ReadKey } from './request.ts';
import { searchInvitation } from './search-invitation.ts';
import { sendInvitation } from './send-invitation.ts';
import { checkKey, checkReachable } from './check-key.ts';

export type PartooParts = {
  /** The base of every address, such as `https://api.partoo.co/v2`: https, or http on loopback. */
  readonly apiUrl: URL;
  /** Deskbell's version, for the `user-agent`. */
  readonly version: string;
  /** Called before each request, so that a new key takes effect at once and none stays in memory. */
  readonly readKey: () => Promise<ReadKey>;
  /** Electron's `session.resolveProxy`; called before each request. */
  readonly proxyFor: (url: string) => Promise<string>;
  /** Certificates that this computer trusts besides Node's authorities, as PEM, from `readSystemCertificates`. */
  readonly certificates: readonly string[] | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly limits?: { readonly send: TimeLimits; readonly read: TimeLimits };
};

/**
 * Opens the client for Partoo; this sends nothing. `close` aborts read requests at once and lets a running send
 * finish, at most `limits.send.totalMs` later: aborting it would only hide the result at Partoo.
 *
 * Throws a RangeError for an address that would carry the key in clear.
 */
export const openPartoo = (parts: PartooParts): Partoo => {
  // SECURITY: the configuration has checked it already; this check keeps the key from being sent in clear.
  if (!apiUrlSchema.safeParse(parts.apiUrl.href).success) {
    throw new RangeError('apiUrl must be https, or http on loopback');
  }
  const limits = parts.limits ?? { send: SEND_LIMITS, read: READ_LIMITS };
  const closing = new AbortController();
  const sending = new Set<Promise<Outcome>>();
  const common = {
    apiUrl: parts.apiUrl,
    userAgent: `Deskbell/${parts.version}`,
    readKey: parts.readKey,
    proxyFor: parts.proxyFor,
    trust: once(() => createTrust(parts.certificates)),
    now: parts.clock.now,
  };
  const ask = createRequester({ ...common, limits: limits.read, closing: closing.signal });
  const tell = createRequester({ ...common, limits: limits.send, closing: undefined });
  const send: Partoo['send'] = async (request, mayStart) => {
    if (closing.signal.aborted) return { kind: 'not-sent', cause: 'local' };
    const outcome = sendInvitation(tell, request, mayStart);
    sending.add(outcome);
    try {
      return await outcome;
    } finally {
      sending.delete(outcome);
    }
  };
  return {
    send,
    search: (query) => searchInvitation(ask, query),
    checkDelivery: (partooId) => checkDelivery(ask, partooId),
    searchBusinesses: (query) => searchBusinesses(ask, query),
    checkKey: () => checkKey(ask),
    checkReachable: () => checkReachable(ask),
    close: async () => {
      closing.abort();
      await Promise.allSettled(sending);
    },
  };
};

/** Delays parsing about a hundred and fifty certificates, so that no start waits for it. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
