import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { removeFile } from '../../files/rename-and-remove.ts';
import { writeFileAtomically } from '../../files/write-file-atomically.ts';

const FILE = 'erasures-due.json';

const dueSchema = z.array(
  z.strictObject({ phone: e164Schema, refusal: z.enum(['kept', 'forgotten']) }),
);
/** A customer who was erased from the database but is still in the backups. */
export type PendingErasure = z.infer<typeof dueSchema>[number];

/**
 * Reads which erased customers are still in the backups of this folder; the next backup replaces all, and the list is
 * then empty. `unreadable`: there are some, but the file cannot be read.
 */
export function readPendingErasures(folder: string): readonly PendingErasure[] | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), 'utf8');
  } catch (error) {
    const isNone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isNone ? [] : 'unreadable';
  }
  try {
    const parsed = dueSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Writes them completely or not at all, for this user only. Throws file system errors. */
export function writePendingErasures(folder: string, due: readonly PendingErasure[]): void {
  const path = join(folder, FILE);
  if (due.length === 0) return removeFile(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileAtomically(path, JSON.stringify(due));
}
