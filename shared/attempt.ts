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
/** Why it is certain that nothing left this PC. */
export type NotSentCause = z.infer<typeof notSentCauseSchema>;

const unclearCauseSchema = z.enum([
  'server-error',
  'redirect',
  'odd-status',
  /** A page for a browser: something on the way answered in Partoo's place. */
  'web-page',
  /** JSON, but not what Partoo documents. */
  'unknown-shape',
  'unreadable',
  'timeout',
  'reset',
  'died',
  /** Nothing is known of that time: see `Gap`. */
  'gap',
]);
/** Why it is not known whether the request was carried out. */
export type UnclearCause = z.infer<typeof unclearCauseSchema>;

/** Refusals of this one invitation. 401 and 403 halt, 429 waits: they blame no invitation. */
const refusedStatusSchema = z.literal([400, 402, 404, 405, 409, 410, 412, 413, 415, 422, 423]);
export type RefusedStatus = z.infer<typeof refusedStatusSchema>;

/** What is KNOWN about one attempt to send; never what was hoped. Texts are Partoo's own, cleaned and cut. */
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

/** One try to send, as the story of an invitation tells it. */
export const attemptSchema = z.strictObject({
  nth: z.int(),
  startedAt: instantSchema,
  /** Null while it is under way, or after a crash until the next start. */
  end: z.nullable(z.strictObject({ endedAt: instantSchema, outcome: outcomeSchema })),
});
export type Attempt = z.infer<typeof attemptSchema>;
