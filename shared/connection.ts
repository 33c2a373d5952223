import * as z from 'zod/mini';
import { instantSchema } from './invitation.ts';

/** Why Partoo cannot be reached, as far as staff can act on it. */
export const offlineCauseSchema = z.enum([
  'network',
  'dns',
  'partoo',
  'certificate',
  'portal',
  'unknown-answer',
  'proxy',
  'proxy-sign-in',
]);

/** Why the local database could not be written. Nothing is sent before it is recorded. */
export const storageTroubleSchema = z.enum(['full', 'read-only', 'busy', 'damaged', 'failed']);
export type StorageTrouble = z.infer<typeof storageTroubleSchema>;

/** The state that the banner shows on every tab. One text per kind and cause. */
export const connectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('online') }),
  /** Sending works; the PC's clock differs from Partoo's by this much (ahead: positive) and is corrected. */
  z.strictObject({ kind: z.literal('clock-off'), aheadMs: z.int() }),
  /** The PC's clock cannot be trusted, so nothing is sent. Null: it went back, and Partoo has not told the time yet. */
  z.strictObject({ kind: z.literal('clock-wrong'), aheadMs: z.nullable(z.int()) }),
  z.strictObject({
    kind: z.literal('offline'),
    cause: offlineCauseSchema,
    since: instantSchema,
    retryAt: instantSchema,
  }),
  /** The database comes from another PC, which may still send its waiting invitations: a person decides. */
  z.strictObject({ kind: z.literal('other-pc') }),
  z.strictObject({ kind: z.literal('no-key') }),
  z.strictObject({ kind: z.literal('no-keychain') }),
  z.strictObject({ kind: z.literal('key-refused'), text: z.string() }),
  z.strictObject({
    kind: z.literal('no-access'),
    businessIds: z.array(z.string()),
    text: z.string(),
  }),
  z.strictObject({ kind: z.literal('busy'), until: instantSchema }),
  z.strictObject({ kind: z.literal('storage'), why: storageTroubleSchema }),
  z.strictObject({ kind: z.literal('stopped'), reference: z.string() }),
]);

export type Connection = z.infer<typeof connectionSchema>;
export type OfflineCause = z.infer<typeof offlineCauseSchema>;
