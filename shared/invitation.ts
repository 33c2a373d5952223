import * as z from 'zod/mini';
import { e164Schema } from './phone/e164.ts';

export const instantSchema = z.int().check(z.nonnegative());
export const invitationIdSchema = z.uuid();
export const businessIdSchema = z.string().check(z.minLength(1), z.maxLength(64));

/** Partoo takes at most 255 characters in `target_name` (vendor page). */
export const NAME_MAX = 255;
export const nameSchema = z.string().check(z.maxLength(NAME_MAX));
export const reasonSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

/** Partoo's delivery states of an accepted SMS, in lower case; `unknown` for any other one. */
export const deliverySchema = z.enum([
  'created',
  'sent',
  'delivered',
  'failed_send',
  'failed_delivery',
  'unknown',
]);

/** How Partoo's acceptance of the invitation is known. */
export const evidenceSchema = z.enum(['response', 'search', 'person']);

/**
 * The state of an invitation. The state names are stored, sent over IPC and shown: they never change. `at` is when the
 * state was entered.
 */
export const progressSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('held'),
    at: instantSchema,
    notBefore: instantSchema,
    why: z.enum(['undo', 'hours']),
  }),
  z.strictObject({ state: z.literal('waiting'), at: instantSchema, dueAt: instantSchema }),
  z.strictObject({ state: z.literal('sending'), at: instantSchema }),
  z.strictObject({ state: z.literal('unconfirmed'), at: instantSchema, dueAt: instantSchema }),
  z.strictObject({
    state: z.literal('needs_decision'),
    at: instantSchema,
    why: z.enum(['window', 'unproved', 'too-old', 'not-accepted']),
  }),
  z.strictObject({
    state: z.literal('accepted'),
    at: instantSchema,
    evidence: evidenceSchema,
    delivery: z.nullable(deliverySchema),
  }),
  z.strictObject({
    state: z.literal('refused'),
    at: instantSchema,
    why: z.enum(['window', 'invalid', 'unclear']),
    text: z.string(),
  }),
  z.strictObject({ state: z.literal('maybe_sent'), at: instantSchema }),
  z.strictObject({
    state: z.literal('cancelled'),
    at: instantSchema,
    /** Why nobody at this desk has cancelled it; absent when a person has. */
    why: z.optional(z.enum(['said-no', 'taken-over'])),
  }),
  z.strictObject({ state: z.literal('expired'), at: instantSchema }),
]);

export type Progress = z.infer<typeof progressSchema>;
export type State = Progress['state'];

/** Every state, in the order of an invitation's life. */
export const STATES = [
  'held',
  'waiting',
  'sending',
  'unconfirmed',
  'needs_decision',
  'accepted',
  'refused',
  'maybe_sent',
  'cancelled',
  'expired',
] as const satisfies readonly State[];

/** States in which something will still happen, automatically or by a person: these rows are the outbox. */
export const OPEN_STATES = [
  'held',
  'waiting',
  'sending',
  'unconfirmed',
  'needs_decision',
] as const satisfies readonly State[];

/** Whether something will still happen to an invitation. */
export function isOpen({ progress }: { readonly progress: Pick<Progress, 'state'> }): boolean {
  return OPEN_STATES.some((state) => state === progress.state);
}

/** One decision of a person to invite one customer. Never reused: sending again creates a new invitation. */
export const invitationSchema = z.strictObject({
  id: invitationIdSchema,
  businessId: businessIdSchema,
  phone: e164Schema,
  name: nameSchema,
  /** The custom text as sent; null uses Partoo's template. */
  content: z.nullable(z.string()),
  staff: z.nullable(z.string()),
  /** When the customer agreed to receive an SMS, and which staff member was told; null when unknown. */
  consentAt: z.nullable(instantSchema),
  consentBy: z.nullable(z.string()),
  /** The person's reason for sending inside the resend window; null without a force ticket. */
  forceReason: z.nullable(reasonSchema),
  queuedAt: instantSchema,
  /** The invitation that this one repeats or corrects. */
  replaces: z.nullable(invitationIdSchema),
  /** Whether an unproven attempt may have reached the customer: it cannot be cancelled. */
  mayHaveLeft: z.boolean(),
  /** The HTTP status of Partoo's last refusal; null without one, or when it is unknown. */
  refusalStatus: z.nullable(z.int()),
  progress: progressSchema,
});

export type Invitation = z.infer<typeof invitationSchema>;
