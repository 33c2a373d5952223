import * as z from 'zod/mini';
import { businessIdSchema, instantSchema, invitationIdSchema } from './invitation.ts';

/** A form draft, kept in the main process's memory so that it outlives the page. */
export const formDraftSchema = z.strictObject({
  /** The form's token: if the form was saved just before the page crashed, saving it again is the same invitation. */
  token: z.uuid(),
  phone: z.string(),
  name: z.string(),
  /** Whether the name was pasted together with the number. */
  isNamePasted: z.boolean(),
  hasConsent: z.boolean(),
  /** Whether the consent comes from the invitation that this one corrects. */
  isConsentCarried: z.boolean(),
  /** The business of the invitation that this one corrects; null for the chosen business. */
  businessId: z.nullable(businessIdSchema),
  replaces: z.nullable(invitationIdSchema),
  correctsSince: z.nullable(instantSchema),
});
export type FormDraft = z.infer<typeof formDraftSchema>;
