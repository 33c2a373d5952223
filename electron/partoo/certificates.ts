import * as tls from 'node:tls';
import * as z from 'zod/mini';

/**
 * Reads the certificates that this computer trusts besides Node's own, as PEM; undefined when the runtime cannot list
 * them (before Node 22.15). A company that inspects its traffic installs its authority only there.
 */
export const readSystemCertificates = (): readonly string[] | undefined => certificatesOf('system');

/**
 * Creates the trust store of a connection: the usual authorities and `certificates`. Undefined means Node's default.
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

// The types of Node 20 do not declare this function, so its result is checked like any outside value.
const certificatesOf = (store: 'default' | 'system'): readonly string[] | undefined => {
  const read: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof read !== 'function') return undefined;
  const certificates: unknown = Reflect.apply(read, tls, [store]);
  return z.array(z.string()).parse(certificates);
};
