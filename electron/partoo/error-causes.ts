import type { NotSentCause } from '../../shared/attempt.ts';

/** A connection that Deskbell itself ended; the tables below list its `code` with those of Node and undici. */
export class ConnectionError extends Error {
  readonly code: 'OVER_TIME' | 'CLOSED' | 'PROXY_FAILED' | 'PROXY_WANTS_SIGN_IN';

  constructor(code: ConnectionError['code']) {
    super(code);
    this.name = 'ConnectionError';
    this.code = code;
  }
}

const NOT_SENT_CAUSES: ReadonlyMap<string, NotSentCause> = new Map([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_FAIL', 'dns'],
  ['EAI_NODATA', 'dns'],
  ['EAI_NONAME', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['OVER_TIME', 'timeout'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['EPROTO', 'tls'],
  ['HOSTNAME_MISMATCH', 'tls'],
  ['INVALID_CA', 'tls'],
  ['INVALID_PURPOSE', 'tls'],
  ['PATH_LENGTH_EXCEEDED', 'tls'],
  ['PROXY_FAILED', 'proxy'],
  ['PROXY_WANTS_SIGN_IN', 'proxy-auth'],
]);

/** Node has about sixty codes for a bad certificate or handshake; these are their families. */
const TLS_FAMILIES =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|ERROR_IN_CERT_|ERROR_IN_CRL_|DEPTH_ZERO_|SELF_SIGNED_)/;

const UNANSWERED_CAUSES: ReadonlyMap<string, 'timeout' | 'unreadable'> = new Map([
  ['OVER_TIME', 'timeout'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_OVERFLOW', 'unreadable'],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'unreadable'],
]);

/** The cause why a request never began; `local` when it lies in this PC or in Deskbell. */
export const notSentCause = (error: unknown): NotSentCause => {
  const code = codeOf(error);
  return NOT_SENT_CAUSES.get(code) ?? (TLS_FAMILIES.test(code) ? 'tls' : 'local');
};

/**
 * The cause why a begun request has no readable answer. Only a text for the person: the outcome depends on the fact
 * that the request had begun, because the same code (ECONNRESET) appears before and after that point.
 */
export const unansweredCause = (error: unknown): 'timeout' | 'reset' | 'unreadable' =>
  isParserError(error) ? 'unreadable' : (UNANSWERED_CAUSES.get(codeOf(error)) ?? 'reset');

const isParserError = (error: unknown): boolean =>
  error instanceof Error && error.name === 'HTTPParserError';

const codeOf = (error: unknown): string => {
  // One error per address family; the last is IPv4's, the family that usually exists.
  if (error instanceof AggregateError && error.errors.length > 0)
    return codeOf(error.errors.at(-1));
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
};
