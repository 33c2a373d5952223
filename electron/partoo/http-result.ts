import type { EpochMs } from '../../shared/time.ts';
import type { NotSentCause } from '../outbox/outcome.ts';

/** A request that never began: not one byte of it left. This is proof, not a guess. */
type NotStarted = { readonly kind: 'not-started'; readonly cause: NotSentCause };

/** Everything that is known of one HTTP request when it is over. All rules about it read this and nothing else. */
export type HttpResult =
  | NotStarted
  /** It may have arrived, wholly or in part, and no status line came back. */
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

/** Names why a request never began. */
export const notStarted = (cause: NotSentCause): NotStarted => ({ kind: 'not-started', cause });
