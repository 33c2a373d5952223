import * as tls from 'node:tls';
import * as z from 'zod/mini';

/**
 * The certificates that this computer trusts beside Node's own, as PEM; undefined where the runtime cannot tell
 * (before Node 22.15). A company that inspects its traffic has its authority there and nowhere else.
 */
export const readSystemCertificates = (): readonly string[] | undefined => certificatesOf('system');

/**
 * What a connection trusts: the usual authorities and `certificates`. Undefined means Node's default.
 * SECURITY: certificates are only ever added; verification is never switched off.
 */
export const createTrust = (
  certificates: readonly string[] | undefined,
): tls.SecureContext | undefined =>
  certificates === undefined || certificates.length === 0
    ? undefined
    : tls.createSecureContext({
        ca: [...(certificatesOf('default') ?? tls.rootCertificates), ...certificates],
      });

// The types of Node 20 do not know it yet, so what it gives is checked like anything from outside.
const certificatesOf = (store: 'default' | 'system'): readonly string[] | undefined => {
  const read: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof read !== 'function') return undefined;
  const certificates: unknown = Reflect.apply(read, tls, [store]);
  return z.array(z.string()).parse(certificates);
};
