import { SECOND_MS } from '../../shared/time.ts';

/** Time limits for the parts of one request, and the size limit of its answer. */
export type TimeLimits = {
  readonly connectMs: number;
  /** From the last byte sent to the last byte of the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of the body; a slow trickle never reaches it, so `totalMs` ends that. */
  readonly bodyMs: number;
  readonly totalMs: number;
  readonly maxBytes: number;
};

/** Size limit for all headers of one answer; longer ones make it unreadable. */
export const MOST_HEADER_BYTES = 16 * 1024;

/** A send has long limits: giving up early does not stop Partoo, it only hides the result. */
export const SEND_LIMITS: TimeLimits = {
  connectMs: 10 * SECOND_MS,
  headersMs: 30 * SECOND_MS,
  bodyMs: 10 * SECOND_MS,
  totalMs: 45 * SECOND_MS,
  maxBytes: 64 * 1024,
};

/** A read request can be repeated, so it has short limits. */
export const READ_LIMITS: TimeLimits = {
  connectMs: 5 * SECOND_MS,
  headersMs: 10 * SECOND_MS,
  bodyMs: 10 * SECOND_MS,
  totalMs: 10 * SECOND_MS,
  maxBytes: 1024 * 1024,
};
