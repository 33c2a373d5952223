import { apiUrlSchema } from '../../shared/settings.ts';
import type { Clock } from '../../shared/time.ts';
import type { Outcome } from '../outbox/outcome.ts';
import type { Partoo, SendRequest } from '../outbox/partoo-port.ts';
import { searchBusinesses } from './search-businesses.ts';
import { createTrust } from './certificates.ts';
import { checkDelivery } from './check-delivery.ts';
import { READ_LIMITS, SEND_LIMITS } from './limits.ts';
import type { TimeLimits } from './limits.ts';
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
  /** Asked before each request, so that a new key counts at once and none is kept in memory. */
  readonly readKey: () => Promise<ReadKey>;
  /** Electron's `session.resolveProxy`; asked before each request. */
  readonly proxyFor: (url: string) => Promise<string>;
  /** What this computer trusts beside Node's authorities, as PEM; `readSystemCertificates` reads it. */
  readonly certificates: readonly string[] | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly limits?: { readonly send: TimeLimits; readonly read: TimeLimits };
};

/**
 * Opens the way to Partoo; nothing is sent by opening. `close` gives up questions at once and lets a send that is under
 * way end by itself, at most `limits.send.totalMs` later: to cut it would only hide what Partoo did with it.
 *
 * Throws a RangeError for an address that would carry the key in clear.
 */
export const openPartoo = (parts: PartooParts): Partoo => {
  // SECURITY: the configuration has checked it already; here it is what keeps the key off the wire in clear.
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
  const send = async (request: SendRequest): Promise<Outcome> => {
    if (closing.signal.aborted) return { kind: 'not-sent', cause: 'local' };
    const outcome = sendInvitation(tell, request);
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

/** Parsing some hundred and fifty certificates takes a moment that no start has to wait for. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
