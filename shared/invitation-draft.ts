import * as z from 'zod/mini';
import { holdsPhoneNumber } from './customer-name.ts';
import { businessIdSchema, invitationIdSchema, nameSchema, reasonSchema } from './invitation.ts';
import { e164Schema } from './phone/e164.ts';
import { messageTextSchema, staffNameSchema } from './last-choices.ts';

/**
 * The input of the form. `token` is created once per filled form, so that pressing Enter twice saves one invitation.
 */
export const draftSchema = z.strictObject({
  token: z.uuid(),
  phone: e164Schema,
  /** Applies to new invitations only, not to names stored before this rule. */
  name: nameSchema.check(
    z.trim(),
    z.refine((name) => !holdsPhoneNumber(name)),
  ),
  businessId: businessIdSchema,
  staff: z.nullable(staffNameSchema),
  consented: z.boolean(),
  /** The custom text as typed, without the name; null uses Partoo's template. */
  message: z.nullable(messageTextSchema),
  force: z.nullable(z.strictObject({ ticket: z.uuid(), reason: reasonSchema })),
  replaces: z.nullable(invitationIdSchema),
});

export type InvitationDraft = z.infer<typeof draftSchema>;
