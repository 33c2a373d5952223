import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import * as z from 'zod/mini';
import { instantSchema } from '../../../shared/invitation.ts';
import { renameFile } from '../../files/rename-and-remove.ts';

/**
 * What is remembered of the log outside its file: an empty or older file would else pass for a first start, and the ten
 * days be forgotten.
 */
const sentinelSchema = z.strictObject({
  databaseId: z.string(),
  /** When it was first written. */
  createdAt: instantSchema,
  /** How often the log had been opened. */
  starts: z.int(),
  /** In use the journal lies beside the log. An older version wrote `suspect` for `damageMet`. */
  state: z.enum(['closed', 'in-use', 'suspect']),
  /** SQLite has met damage in it, and it was not read as a whole since. */
  damageMet: z.optional(z.boolean()),
  /** Whether the desk was ever in real use; left out by versions that did not know. */
  inUse: z.optional(z.boolean()),
});
export type Sentinel = z.infer<typeof sentinelSchema>;

/** `none`: no log was ever opened here. `unreadable`: one was, and that is all that is known. */
export type SentinelReading = Sentinel | 'none' | 'unreadable';

/** Reads what is remembered; a file that is damaged still says that there was a log. */
export function readSentinel(path: string): SentinelReading {
  try {
    const parsed = sentinelSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    return isMissing(error) ? 'none' : 'unreadable';
  }
}

/** Writes it whole or not at all. Throws what the file system throws. */
export function writeSentinel(path: string, sentinel: Sentinel): void {
  writeFileAtomically(path, sentinel);
}

/** Writes a value as JSON, whole or not at all, for this user only. Throws what the file system throws. */
export function writeFileAtomically(path: string, value: object): void {
  const unfinished = `${path}.unfinished`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameFile(unfinished, path);
}

/** What the file turned out to be, before and after it was opened. */
export type FoundDatabase = {
  readonly databaseId: string;
  readonly starts: number;
  /** Whether its journal lay beside it. */
  readonly journal: 'there' | 'gone';
};

/** Whether the log is the one that Deskbell left behind, or has lost what happened since. */
export function judgeDatabase(remembered: SentinelReading, found: FoundDatabase): 'same' | 'older' {
  if (remembered === 'none' || remembered === 'unreadable') return 'same';
  if (remembered.databaseId !== found.databaseId) return 'older';
  if (found.starts < remembered.starts) return 'older';
  // It was opened once more by a process that died before it could write that down.
  if (found.starts > remembered.starts) return 'same';
  return remembered.state !== 'closed' && found.journal === 'gone' ? 'older' : 'same';
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
