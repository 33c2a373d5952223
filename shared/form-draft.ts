import * as z from 'zod/mini';
import { businessIdSchema, instantSchema, invitationIdSchema } from './invitation.ts';

/** A half-filled form, kept in the main process's memory while the page lives, so that it outlives the page. */
export const formDraftSchema = z.strictObject({
  /** The form's own token: if it was saved just before the page went away, sending it again is the same invitation. */
  token: z.uuid(),
  phone: z.string(),
  name: z.string(),
  /** Whether the name came together with the number. */
  isNamePasted: z.boolean(),
  hasConsent: z.boolean(),
  /** Whether the consent is that of the invitation which this one corrects. */
  isConsentCarried: z.boolean(),
  /** Where the invitation goes that this one corrects; null for the business that is chosen. */
  businessId: z.nullable(businessIdSchema),
  replaces: z.nullable(invitationIdSchema),
  correctsSince: z.nullable(instantSchema),
});
export type FormDraft = z.infer<typeof formDraftSchema>;
