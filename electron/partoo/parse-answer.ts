import type * as z from 'zod/mini';
import type { NotSentCause, UnclearCause } from '../../shared/attempt.ts';
import type { PartooAnswer, ApiError } from '../outbox/partoo-port.ts';
import type { HttpResult } from './http-result.ts';
import { readErrorText } from './error-text.ts';
import { parseJson, whyUnknown } from './json.ts';
import { DEFAULT_PAUSE_MS } from './retry-after.ts';

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
