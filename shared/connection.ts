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

/** Why the local log could not be written. Nothing is sent that is not written down first. */
export const storageTroubleSchema = z.enum(['full', 'read-only', 'busy', 'damaged', 'failed']);
export type StorageTrouble = z.infer<typeof storageTroubleSchema>;

/** What the banner on every tab says. One text per kind and cause. */
export const connectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('online') }),
  /** Everything leaves; the PC's clock differs from Partoo's by so much (ahead: positive) and is corrected. */
  z.strictObject({ kind: z.literal('clock-off'), aheadMs: z.int() }),
  /** The PC's clock cannot be trusted, so nothing leaves. Null: it went back, and Partoo has not told the time yet. */
  z.strictObject({ kind: z.literal('clock-wrong'), aheadMs: z.nullable(z.int()) }),
  z.strictObject({
    kind: z.literal('offline'),
    cause: offlineCauseSchema,
    since: instantSchema,
    retryAt: instantSchema,
  }),
  /** The log comes from another PC, which may still send what waits in it: a person decides. */
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
