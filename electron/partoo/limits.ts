import { SECOND_MS } from '../../shared/time.ts';

/** How long each part of one request may take, and how much it may answer. */
export type TimeLimits = {
  readonly connectMs: number;
  /** From the last byte sent to the last byte of the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of the body; a trickle never reaches it, so `totalMs` ends that. */
  readonly bodyMs: number;
  readonly totalMs: number;
  readonly maxBytes: number;
};

/** All headers of one answer; longer ones make it an answer that cannot be read. */
export const MOST_HEADER_BYTES = 16 * 1024;

/** A send waits long: giving up early does not stop Partoo, it only hides what Partoo did. */
export const SEND_LIMITS: TimeLimits = {
  connectMs: 10 * SECOND_MS,
  headersMs: 30 * SECOND_MS,
  bodyMs: 10 * SECOND_MS,
  totalMs: 45 * SECOND_MS,
  maxBytes: 64 * 1024,
};

/** A question can be asked again, so it is given up soon. */
export const READ_LIMITS: TimeLimits = {
  connectMs: 5 * SECOND_MS,
  headersMs: 10 * SECOND_MS,
  bodyMs: 10 * SECOND_MS,
  totalMs: 10 * SECOND_MS,
  maxBytes: 1024 * 1024,
};
