import * as z from 'zod/mini';
import { offlineCauseSchema } from './connection.ts';

/** What "Test connection" found out. */
export const keyTestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('works'), name: z.string(), role: z.string() }),
  z.strictObject({ kind: z.literal('no-key') }),
  z.strictObject({ kind: z.literal('no-keychain') }),
  z.strictObject({ kind: z.literal('key-refused'), text: z.string() }),
  z.strictObject({ kind: z.literal('no-access'), text: z.string() }),
  z.strictObject({ kind: z.literal('offline'), cause: offlineCauseSchema }),
  z.strictObject({ kind: z.literal('busy'), waitSeconds: z.int() }),
  z.strictObject({ kind: z.literal('odd-answer'), status: z.int() }),
]);

export type KeyTest = z.infer<typeof keyTestSchema>;
