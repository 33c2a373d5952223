import { closeSync, fsyncSync, openSync, readFileSync, writeSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { removeFile, renameFile } from '../../files/rename-and-remove.ts';

const FILE = 'erasures-due.json';

const dueSchema = z.array(
  z.strictObject({ phone: e164Schema, refusal: z.enum(['kept', 'forgotten']) }),
);
/** A customer who was erased from the log, and whom the backups still hold. */
export type PendingErasure = z.infer<typeof dueSchema>[number];

/**
 * Whom the backups in this folder still hold although they were erased: until the next backup takes the place of all, and
 * no longer. `unreadable`: somebody, and it cannot be told who.
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

/** Writes them down whole or not at all, for this user only. Throws what the file system throws. */
export function writePendingErasures(folder: string, due: readonly PendingErasure[]): void {
  const path = join(folder, FILE);
  if (due.length === 0) return removeFile(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${path}.unfinished`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(due));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameFile(unfinished, path);
}
