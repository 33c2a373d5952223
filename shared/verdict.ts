import * as z from 'zod/mini';
import { instantSchema, invitationIdSchema } from './invitation.ts';
import { placeSchema } from './other-desks.ts';
import type { EpochMs } from './time.ts';

const earlierSend = {
  sentAt: instantSchema,
  name: z.string(),
  staff: z.nullable(z.string()),
  /** `elsewhere`: another desk or Partoo's own application sent it; known from Partoo or the site database. */
  from: z.enum(['here', 'elsewhere']),
  /** The desk that sent it, where the site database knows it. */
  place: z.nullable(placeSchema),
  /** False while the earlier SMS is not proved to be sent; it counts anyway. */
  proved: z.boolean(),
};

/** The reason of a verdict. `never`, `past` and `house` allow an invitation without a force ticket. */
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
  z.strictObject({
    kind: z.literal('do-not-contact'),
    since: instantSchema,
    /** Where the customer refused, if that was at another desk and is known. */
    place: z.nullable(placeSchema),
  }),
]);

export type Ruling = z.infer<typeof rulingSchema>;

export const verdictSchema = z.strictObject({
  ruling: rulingSchema,
  /** The different name of this number's last invitation. */
  otherName: z.nullable(z.string()),
  /** When an invitation saved now would be sent; null for at once. */
  waitsUntil: z.nullable(instantSchema),
  /** The reason of the delay: the sending hours, or a pause that Partoo asked for. */
  waitsFor: z.nullable(z.enum(['hours', 'pause'])),
  /** Since when this PC's database is complete; null: always. */
  knownSince: z.nullable(instantSchema),
  /**
   * When Partoo last refused an SMS to this number for this business without a reason in its list: another business
   * may have sent one inside the resend window, so a person may send again anyway. Null where that is not offered.
   */
  refusedAt: z.nullable(instantSchema),
  /** An unsent invitation to this number at another desk: a warning, which forbids nothing. */
  waitsElsewhere: z.nullable(
    z.strictObject({
      since: instantSchema,
      place: placeSchema,
      /** Since when that desk has been switched off or cut off; null while it is working. */
      silentSince: z.nullable(instantSchema),
    }),
  ),
});

export type Verdict = z.infer<typeof verdictSchema>;

/**
 * Returns the time that "Send again anyway" shows: of the earlier SMS, or of the refusal. Null where that is not
 * offered.
 */
export function shownToForce(verdict: Verdict | null): EpochMs | null {
  if (verdict === null) return null;
  return verdict.ruling.kind === 'closed' ? verdict.ruling.sentAt : verdict.refusedAt;
}

/** The addition of Partoo or of the other desks to the verdict of this PC's database. */
export const remoteVerdictSchema = z.discriminatedUnion('kind', [
  /** Partoo, or all desks through the site database, were asked; their sends count in this verdict. */
  z.strictObject({
    kind: z.literal('asked'),
    by: z.enum(['partoo', 'desks']),
    verdict: verdictSchema,
  }),
  /** No answer in time: only this PC's database was checked. */
  z.strictObject({ kind: z.literal('no-answer') }),
  /**
   * Not asked: the rate limiter of this desk allows the next request in `waitMs`. Only this PC's database was checked.
   */
  z.strictObject({ kind: z.literal('rate-limited'), waitMs: z.number().check(z.nonnegative()) }),
  /** Partoo cannot answer at the moment: no network, a refused key, a pause. Only this PC's database was checked. */
  z.strictObject({ kind: z.literal('unavailable') }),
  /** Not asked: switched off, or this PC's database is sufficient. */
  z.strictObject({ kind: z.literal('not-asked') }),
]);

export type RemoteVerdict = z.infer<typeof remoteVerdictSchema>;
