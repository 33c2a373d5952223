/** Why the site database could not be reached, or a call had no answer. */
export type SiteFault =
  // The network.
  | 'dns'
  | 'dns-timeout'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'lost'
  // TLS.
  | 'no-tls'
  | 'authority'
  | 'host-name'
  | 'certificate'
  // Signing in.
  | 'password'
  | 'no-database'
  | 'too-many-connections'
  | 'starting'
  // The database.
  | 'read-only'
  | 'overloaded'
  | 'schema-missing'
  | 'newer-schema'
  | 'no-right'
  | 'unknown-desk'
  | 'revoked'
  | 'refused-call'
  | 'isolation'
  | 'unreadable'
  | 'other';

/** Codes of PostgreSQL (Appendix A), of the site database (SD…), of Node and of OpenSSL. */
const BY_CODE: ReadonlyMap<string, SiteFault> = new Map([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNRESET', 'lost'],
  ['EPIPE', 'lost'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'host-name'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'authority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'authority'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'authority'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'authority'],
  ['28P01', 'password'],
  ['28000', 'password'],
  ['3D000', 'no-database'],
  ['53300', 'too-many-connections'],
  ['57P03', 'starting'],
  ['57P01', 'lost'],
  ['57P02', 'lost'],
  ['25006', 'read-only'],
  ['57014', 'overloaded'],
  ['55P03', 'overloaded'],
  ['40P01', 'overloaded'],
  ['3F000', 'schema-missing'],
  ['42883', 'schema-missing'],
  ['42P01', 'schema-missing'],
  ['42501', 'no-right'],
  ['SD001', 'unknown-desk'],
  ['SD002', 'revoked'],
  ['SD003', 'refused-call'],
  ['SD004', 'refused-call'],
  ['SD005', 'newer-schema'],
  ['SD006', 'isolation'],
]);

/** Node has about sixty codes for a bad certificate or handshake; these are their families. */
const TLS_FAMILIES =
  /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|ERROR_IN_|EPROTO$|HOSTNAME_)/;

/** Classes 22 and 23 of PostgreSQL: a value that a type or a constraint does not allow. */
const REFUSED_VALUES = /^2[23][0-9A-Z]{3}$/;

/** What pg says without a code. */
const BY_MESSAGE: readonly (readonly [RegExp, SiteFault])[] = [
  [/does not support SSL connections/, 'no-tls'],
  [/error establishing an SSL connection/, 'no-tls'],
  [/Connection terminated/, 'lost'],
  [/not queryable|Client was closed/, 'lost'],
];

/** Returns what an error of the connection or of a call means. Never throws: what is unknown is `other`. */
export function faultOf(error: unknown): SiteFault {
  if (!(error instanceof Error)) return 'other';
  // One error per address family.
  if (error instanceof AggregateError && error.errors.length > 0)
    return faultOf(error.errors.at(-1));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = BY_CODE.get(code);
  if (known !== undefined) return known;
  if (REFUSED_VALUES.test(code)) return 'refused-call';
  if (TLS_FAMILIES.test(code)) return 'certificate';
  return BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'other';
}
