import * as z from 'zod/mini';
import { instantSchema, invitationIdSchema } from './invitation.ts';
import type { EpochMs } from './time.ts';

const earlierSend = {
  sentAt: instantSchema,
  name: z.string(),
  staff: z.nullable(z.string()),
  /** `elsewhere`: known from Partoo alone, so another desk or Partoo's own application sent it. */
  from: z.enum(['here', 'elsewhere']),
  /** False while it is not proved that the earlier SMS left; it counts all the same. */
  proved: z.boolean(),
};

/** What is known about a number before it is invited. `never`, `past` and `house` let an unforced invitation through. */
export const rulingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({
    kind: z.literal('open'),
    invitationId: invitationIdSchema,
    since: instantSchema,
    name: z.string(),
  }),
  z.strictObject({ kind: z.literal('closed'), opensAt: instantSchema, ...earlierSend }),
  z.strictObject({ kind: z.literal('house'), opensAt: instantSchema, ...earlierSend }),
  z.strictObject({ kind: z.literal('past'), ...earlierSend }),
  z.strictObject({ kind: z.literal('do-not-contact'), since: instantSchema }),
]);

export type Ruling = z.infer<typeof rulingSchema>;

export const verdictSchema = z.strictObject({
  ruling: rulingSchema,
  /** The other name that this number was last invited under. */
  otherName: z.nullable(z.string()),
  /** When an invitation made now would be sent; null when that is at once. */
  waitsUntil: z.nullable(instantSchema),
  /** What it would wait for: the sending hours, or the end of a pause that Partoo asked for. */
  waitsFor: z.nullable(z.enum(['hours', 'pause'])),
  /** From when on this PC knows of every SMS that it sent; null: of all. */
  knownSince: z.nullable(instantSchema),
  /**
   * When Partoo last refused an SMS to this number for this business without its list showing why: it may be the ten
   * days of another business, so a person may send again anyway. Null where that is not offered.
   */
  refusedAt: z.nullable(instantSchema),
});

export type Verdict = z.infer<typeof verdictSchema>;

/**
 * What a person has before them who sends again anyway: the time of the earlier SMS, or of the refusal. Null where that
 * is not offered.
 */
export function shownToForce(verdict: Verdict | null): EpochMs | null {
  if (verdict === null) return null;
  return verdict.ruling.kind === 'closed' ? verdict.ruling.sentAt : verdict.refusedAt;
}

/** What Partoo adds to the verdict of this PC's log. */
export const remoteVerdictSchema = z.discriminatedUnion('kind', [
  /** Partoo was asked; its sends count in this verdict. */
  z.strictObject({ kind: z.literal('asked'), verdict: verdictSchema }),
  /** No answer in time: only this PC was checked. */
  z.strictObject({ kind: z.literal('no-answer') }),
  /** Not asked: this desk has used up its requests for now, and has one again in `waitMs`. Only this PC was checked. */
  z.strictObject({ kind: z.literal('rate-limited'), waitMs: z.number().check(z.nonnegative()) }),
  /** No question gets an answer at the moment: no network, a refused key, a pause. Only this PC was checked. */
  z.strictObject({ kind: z.literal('unavailable') }),
  /** Not asked: switched off, or the log of this PC says enough. */
  z.strictObject({ kind: z.literal('not-asked') }),
]);

export type RemoteVerdict = z.infer<typeof remoteVerdictSchema>;
