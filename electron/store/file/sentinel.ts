import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { instantSchema } from '../../../shared/invitation.ts';
import { writeFileAtomically } from '../../files/write-file-atomically.ts';

/**
 * The record of the database outside its file: without it an empty or older file would look like a first start, and
 * the resend window would be forgotten.
 */
const sentinelSchema = z.strictObject({
  databaseId: z.string(),
  /** When the sentinel was first written. */
  createdAt: instantSchema,
  /** How often the database had been opened. */
  starts: z.int(),
  /** While in use, the journal lies beside the database. An older version wrote `suspect` for `damageMet`. */
  state: z.enum(['closed', 'in-use', 'suspect']),
  /** SQLite has met damage, and the whole database was not read since. */
  damageMet: z.optional(z.boolean()),
  /** Whether the desk was ever in real use; older versions omit it. */
  inUse: z.optional(z.boolean()),
});
export type Sentinel = z.infer<typeof sentinelSchema>;

/** `none`: no database was ever opened here. `unreadable`: one was, but nothing more is known. */
export type SentinelReading = Sentinel | 'none' | 'unreadable';

/** Reads the sentinel; a damaged file still shows that there was a database. */
export function readSentinel(path: string): SentinelReading {
  try {
    const parsed = sentinelSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    return isMissing(error) ? 'none' : 'unreadable';
  }
}

/** Writes the sentinel completely or not at all. Throws file system errors. */
export function writeSentinel(path: string, sentinel: Sentinel): void {
  writeFileAtomically(path, `${JSON.stringify(sentinel)}\n`);
}

/** The state of the database file before and after opening. */
export type FoundDatabase = {
  readonly databaseId: string;
  readonly starts: number;
  /** Whether its journal was beside it. */
  readonly journal: 'there' | 'gone';
};

/** Whether the database is the one that Deskbell closed last, or an older one that lacks later changes. */
export function judgeDatabase(remembered: SentinelReading, found: FoundDatabase): 'same' | 'older' {
  if (remembered === 'none' || remembered === 'unreadable') return 'same';
  if (remembered.databaseId !== found.databaseId) return 'older';
  if (found.starts < remembered.starts) return 'older';
  // A process opened it once more and died before it could update the sentinel.
  if (found.starts > remembered.starts) return 'same';
  return remembered.state !== 'closed' && found.journal === 'gone' ? 'older' : 'same';
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
