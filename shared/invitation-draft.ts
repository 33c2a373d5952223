import * as z from 'zod/mini';
import { holdsPhoneNumber } from './customer-name.ts';
import { businessIdSchema, invitationIdSchema, nameSchema, reasonSchema } from './invitation.ts';
import { e164Schema } from './phone/e164.ts';
import { messageTextSchema, staffNameSchema } from './last-choices.ts';

/** What the form hands over. `token` is made once per filled form, so that two Enters are one invitation. */
export const draftSchema = z.strictObject({
  token: z.uuid(),
  phone: e164Schema,
  /** A rule of what is sent, not of what was stored before there was one. */
  name: nameSchema.check(
    z.trim(),
    z.refine((name) => !holdsPhoneNumber(name)),
  ),
  businessId: businessIdSchema,
  staff: z.nullable(staffNameSchema),
  consented: z.boolean(),
  /** The custom text as it was typed, without the name; null uses Partoo's template. */
  message: z.nullable(messageTextSchema),
  force: z.nullable(z.strictObject({ ticket: z.uuid(), reason: reasonSchema })),
  replaces: z.nullable(invitationIdSchema),
});

export type InvitationDraft = z.infer<typeof draftSchema>;
