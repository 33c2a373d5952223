import type { Dispatcher } from 'undici';
import type { EpochMs } from '../../shared/time.ts';
import { notStarted } from './http-result.ts';
import type { HttpResult } from './http-result.ts';
import { ConnectionError, notSentCause, unansweredCause } from './error-causes.ts';
import { parseHttpDate } from './dates.ts';
import { parseRetryAfter } from './retry-after.ts';

type Head = Omit<Extract<HttpResult, { kind: 'answered' }>, 'body'>;

/**
 * Performs one HTTP request and returns what is known about it. Never rejects.
 *
 * `onRequestStart` shows whether the request began: undici calls it on the open connection, after any proxy tunnel and
 * before the first byte; no error code can show this. Aborting `signal` ends the request with the signal's reason as
 * its error; a request that has not begun then never begins, and neither does one that may not start at that moment.
 */
export const exchange = (
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  now: () => EpochMs,
  signal: AbortSignal,
  mayStart: () => boolean = () => true,
): Promise<HttpResult> =>
  new Promise((resolve) => {
    let phase: 'idle' | 'started' | 'over' = 'idle';
    let head: Head | undefined;
    const body: Buffer[] = [];

    const end = (attempt: HttpResult): void => {
      phase = 'over';
      signal.removeEventListener('abort', giveUp);
      resolve(attempt);
    };
    const fail = (error: unknown): void => {
      if (phase === 'over') return;
      if (phase === 'idle') end(notStarted(notSentCause(error)));
      else if (head === undefined) end({ kind: 'unanswered', cause: unansweredCause(error) });
      else end({ ...head, body: undefined });
    };
    const giveUp = (): void => fail(signal.reason);

    if (signal.aborted) {
      giveUp();
      return;
    }
    signal.addEventListener('abort', giveUp);
    dispatcher.dispatch(request, {
      onRequestStart: (controller) => {
        if (phase === 'idle' && !mayStart()) fail(new ConnectionError('OVER_TIME'));
        if (phase === 'over') controller.abort(new Error('Aborted before the request began'));
        else phase = 'started';
      },
      onResponseStart: (_controller, status, headers) => {
        if (status >= 200) head = readHead(status, headers, now());
      },
      onResponseData: (_controller, chunk) => {
        body.push(chunk);
      },
      onResponseEnd: () => {
        if (phase !== 'over' && head !== undefined) {
          end({ ...head, body: Buffer.concat(body).toString('utf8') });
        }
      },
      onResponseError: (_controller, error) => fail(error),
    });
  });

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const readHead = (status: number, headers: Headers, now: EpochMs): Head => {
  const serverTime = isFromCache(headers) ? undefined : parseHttpDate(first(headers['date']));
  return {
    kind: 'answered',
    status,
    contentType: first(headers['content-type']) ?? '',
    serverTime,
    // Measures a date against the clock that wrote it.
    retryAfterMs: parseRetryAfter(first(headers['retry-after']), serverTime ?? now),
  };
};

/**
 * Whether a cache answered: it counts the seconds since the original answer in `Age`, and `Date` is of that time (RFC
 * 9111 §5.1).
 */
const isFromCache = (headers: Headers): boolean => {
  const age = first(headers['age'])?.trim();
  return age !== undefined && !/^0+$/.test(age);
};

const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];
