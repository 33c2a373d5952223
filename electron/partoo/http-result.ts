import type { EpochMs } from '../../shared/time.ts';
import type { NotSentCause } from '../../shared/attempt.ts';

/** A request that never began: not one byte was sent. This is proof, not a guess. */
type NotStarted = { readonly kind: 'not-started'; readonly cause: NotSentCause };

/** Everything known about one finished HTTP request. All rules read only this. */
export type HttpResult =
  | NotStarted
  /** It may have arrived, fully or in part, but no status line came back. */
  | { readonly kind: 'unanswered'; readonly cause: 'timeout' | 'reset' | 'unreadable' }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly contentType: string;
      /** Undefined when the body was cut, too slow or too long. */
      readonly body: string | undefined;
      readonly serverTime: EpochMs | undefined;
      /** From 1 second to a day; undefined without a `Retry-After` header. */
      readonly retryAfterMs: number | undefined;
    };

/** Makes the result of a request that never began. */
export const notStarted = (cause: NotSentCause): NotStarted => ({ kind: 'not-started', cause });
