import type * as z from 'zod/mini';
import type { NotSentCause, UnclearCause } from '../../shared/attempt.ts';
import type { PartooAnswer, ApiError } from '../outbox/partoo-port.ts';
import type { HttpResult } from './http-result.ts';
import { readErrorText } from './error-text.ts';
import { DEFAULT_PAUSE_MS } from './retry-after.ts';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json[ \t]*(?:;|$)/i;

const WEB_PAGE_TYPE = /^(?:text\/html|application\/xhtml\+xml)[ \t]*(?:;|$)/i;
const WEB_PAGE = /^\s*<(?:!doctype html|html)\b/i;

/**
 * Returns the answer to a read request: a 200 whose JSON `schema` accepts, or the reason why there is none.
 * `serverTime` is set only for a JSON answer: a portal's clock is not trusted.
 */
export const parseAnswer = <T>(attempt: HttpResult, schema: z.ZodMiniType<T>): PartooAnswer<T> => {
  if (attempt.kind !== 'answered') return unreachable(attempt.cause);
  const json = parseJson(attempt.contentType, attempt.body);
  const serverTime = json === undefined ? undefined : attempt.serverTime;
  if (attempt.status === 200) {
    const parsed = schema.safeParse(json);
    if (parsed.success) return { ok: true, value: parsed.data, serverTime };
  }
  return { ok: false, trouble: troubleOf(attempt, readErrorText(json)), serverTime };
};

/** Returns the same answer with another value, or with the error that `change` finds in it. */
export const mapAnswer = <T, U>(
  answer: PartooAnswer<T>,
  change: (value: T) => U,
): PartooAnswer<U> => (answer.ok ? { ...answer, value: change(answer.value) } : answer);

const troubleOf = (
  { status, retryAfterMs, contentType, body }: Extract<HttpResult, { kind: 'answered' }>,
  text: string | undefined,
): ApiError => {
  if (status === 429) return { kind: 'busy', pauseMs: retryAfterMs ?? DEFAULT_PAUSE_MS };
  if (status >= 500) return { kind: 'unreachable', cause: 'server-error' };
  if (status >= 300 && status < 400) return { kind: 'unreachable', cause: 'redirect' };
  if (status < 300 || text === undefined) {
    const cause = whyUnknown(contentType, body);
    const isOddStatus = status !== 200 && status < 300 && cause === 'unknown-shape';
    return { kind: 'unreachable', cause: isOddStatus ? 'odd-status' : cause };
  }
  if (status === 401) return { kind: 'key-refused', text };
  if (status === 403) return { kind: 'no-access', text };
  return { kind: 'refused', status, text };
};

const unreachable = (cause: NotSentCause | UnclearCause): PartooAnswer<never> => ({
  ok: false,
  trouble: { kind: 'unreachable', cause },
  serverTime: undefined,
});

/**
 * Parses the JSON of an answer; undefined unless it is declared as JSON and is JSON. A hotel portal's page or a
 * proxy's error page comes with any status, so both are required.
 */
export const parseJson = (contentType: string, body: string | undefined): unknown => {
  if (body === undefined || !JSON_TYPE.test(contentType)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** The cause why an answer is useless: a web page in Partoo's place, JSON of an unknown shape, or no JSON. */
export const whyUnknown = (
  contentType: string,
  body: string | undefined,
): 'web-page' | 'unknown-shape' | 'unreadable' => {
  if (isWebPage(contentType, body)) return 'web-page';
  return parseJson(contentType, body) === undefined ? 'unreadable' : 'unknown-shape';
};

/** Whether an answer is a web page, whatever its declared type: from a portal or a proxy, never from Partoo. */
const isWebPage = (contentType: string, body: string | undefined): boolean =>
  WEB_PAGE_TYPE.test(contentType) || (body !== undefined && WEB_PAGE.test(body));
