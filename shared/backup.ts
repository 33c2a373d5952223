import * as z from 'zod/mini';
import { instantSchema } from './invitation.ts';

/** A copy of the database that passed a check when it was made. */
export const backupSchema = z.strictObject({
  name: z.string().check(z.maxLength(100)),
  takenAt: instantSchema,
  why: z.enum(['daily', 'before-restore']),
  invitations: z.int(),
});
export type Backup = z.infer<typeof backupSchema>;

/** Erasing a customer promises that no copy of the data stays for longer. */
export const BACKUPS_KEPT_DAYS = 14;
