import * as z from 'zod/mini';
import { instantSchema } from './invitation.ts';

const notSentCauseSchema = z.enum([
  'no-key',
  'keychain',
  'dns',
  'refused',
  'unreachable',
  'timeout',
  'reset',
  'tls',
  'proxy',
  'proxy-auth',
  'local',
]);
/** Causes that prove that the request was not sent. */
export type NotSentCause = z.infer<typeof notSentCauseSchema>;

const unclearCauseSchema = z.enum([
  'server-error',
  'redirect',
  'odd-status',
  /** A page for a browser: a server between this PC and Partoo answered. */
  'web-page',
  /** JSON, but not what Partoo documents. */
  'unknown-shape',
  'unreadable',
  'timeout',
  'reset',
  'died',
  /** The database has a gap at that time: see `DataGap`. */
  'gap',
]);
/** Causes that leave open whether the request was carried out. */
export type UnclearCause = z.infer<typeof unclearCauseSchema>;

/**
 * Refusals of this one invitation. 401 and 403 halt all sending and 429 delays it: they do not concern the invitation.
 */
const refusedStatusSchema = z.literal([400, 402, 404, 405, 409, 410, 412, 413, 415, 422, 423]);
export type RefusedStatus = z.infer<typeof refusedStatusSchema>;

/** The KNOWN result of one attempt to send, never a hoped-for one. Texts are Partoo's own, cleaned and cut. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-sent'), cause: notSentCauseSchema }),
  z.strictObject({ kind: z.literal('accepted'), partooId: z.string() }),
  z.strictObject({
    kind: z.literal('refused'),
    status: refusedStatusSchema,
    text: z.string(),
  }),
  z.strictObject({
    kind: z.literal('halt'),
    scope: z.enum(['key', 'business']),
    text: z.string(),
  }),
  z.strictObject({ kind: z.literal('later'), pauseMs: z.number() }),
  z.strictObject({
    kind: z.literal('unclear'),
    cause: unclearCauseSchema,
    notBeforeMs: z.number(),
  }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** One attempt to send, as the story of an invitation shows it. */
export const attemptSchema = z.strictObject({
  nth: z.int(),
  startedAt: instantSchema,
  /** Null while the request is in flight, or after a crash until the next start. */
  end: z.nullable(z.strictObject({ endedAt: instantSchema, outcome: outcomeSchema })),
});
export type Attempt = z.infer<typeof attemptSchema>;
