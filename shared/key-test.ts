import * as z from 'zod/mini';
import { offlineCauseSchema } from './connection.ts';
import { businessIdSchema } from './invitation.ts';

/** `unchecked`: there are too many businesses to search for this one. */
const businessStandingSchema = z.strictObject({
  id: businessIdSchema,
  name: z.string(),
  standing: z.enum(['ready', 'no-google', 'no-review-booster', 'not-seen', 'unchecked']),
});
export type BusinessStatus = z.infer<typeof businessStandingSchema>;

/** The result of "Test connection". */
export const keyTestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('works'),
    name: z.string(),
    role: z.string(),
    /** Whether this desk can send for each of its businesses, as far as that is visible without sending. */
    businesses: z.readonly(z.array(businessStandingSchema)),
  }),
  z.strictObject({ kind: z.literal('no-key') }),
  z.strictObject({ kind: z.literal('no-keychain') }),
  z.strictObject({ kind: z.literal('key-refused'), text: z.string() }),
  z.strictObject({ kind: z.literal('no-access'), text: z.string() }),
  /** The key has fewer rights than its user: it may not read its own account, but may still send. */
  z.strictObject({ kind: z.literal('restricted'), text: z.string() }),
  z.strictObject({ kind: z.literal('offline'), cause: offlineCauseSchema }),
  z.strictObject({ kind: z.literal('busy'), waitSeconds: z.int() }),
  z.strictObject({ kind: z.literal('odd-answer'), status: z.int() }),
]);

export type KeyTest = z.infer<typeof keyTestSchema>;
