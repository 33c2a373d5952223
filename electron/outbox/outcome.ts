/** Why it is certain that nothing left this PC. */
export type NotSentCause =
  | 'no-key'
  | 'keychain'
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'tls'
  | 'proxy'
  | 'proxy-auth'
  | 'local';

/** Why it is not known whether the request was carried out. */
export type UnclearCause =
  'server-error' | 'redirect' | 'odd-status' | 'unreadable' | 'timeout' | 'reset' | 'died';

/** What is KNOWN about one attempt to send; never what was hoped. */
export type Outcome =
  | { readonly kind: 'not-sent'; readonly cause: NotSentCause }
  | { readonly kind: 'accepted'; readonly partooId: string }
  | { readonly kind: 'refused'; readonly status: RefusedStatus; readonly text: string }
  | { readonly kind: 'halt'; readonly scope: 'key' | 'business'; readonly text: string }
  | { readonly kind: 'later'; readonly pauseMs: number }
  | { readonly kind: 'unclear'; readonly cause: UnclearCause; readonly notBeforeMs: number };

/** Refusals of this one invitation. 401 and 403 halt, 429 waits: they blame no invitation. */
export type RefusedStatus = 400 | 404 | 405 | 409 | 413 | 415 | 422;
