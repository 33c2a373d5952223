import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { writeFileAtomically } from '../../files/write-file-atomically.ts';

/**
 * The record of starts outside the data folder: a folder that is restored as a whole brings its own sentinel, and
 * would look current.
 */
const startRecordSchema = z.strictObject({
  starts: z.int(),
  state: z.enum(['closed', 'in-use']),
  /** Whether the desk was ever in real use; older versions omit it. */
  inUse: z.optional(z.boolean()),
});
type StartRecord = z.infer<typeof startRecordSchema>;

/** One record per database and place, so that two folders of one PC do not mix. */
export type StartRecordOf = {
  /** The folder of the records. */
  readonly folder: string;
  readonly databaseId: string;
  /** The database file. */
  readonly path: string;
};

/**
 * Reads the start record of a database in this place, or else the most advanced one of another place, from which it
 * was copied or moved. Undefined without a readable record, as on another PC: the sentinel must then suffice.
 */
export function readStartRecord(of: StartRecordOf): (StartRecord & { here: boolean }) | undefined {
  const here = readOne(join(of.folder, nameOf(of)));
  if (here !== undefined) return { ...here, here: true };
  const others = namesIn(of.folder)
    .filter((name) => name.startsWith(`${of.databaseId}-`))
    .map((name) => readOne(join(of.folder, name)))
    .filter((record) => record !== undefined)
    .toSorted((one, other) => other.starts - one.starts);
  const [furthest] = others;
  return furthest && { ...furthest, here: false };
}

/**
 * Reads the start record of the last database in this place, whatever its id: for an empty place. Undefined when there
 * was never one; `unreadable` when there was one, but nothing more is known.
 */
export function readRecordOfPlace({
  folder,
  path,
}: Pick<StartRecordOf, 'folder' | 'path'>): StartRecord | 'unreadable' | undefined {
  const [newest] = namesIn(folder)
    .filter((name) => name.endsWith(suffixOf(path)))
    .map((name) => join(folder, name))
    .map((file) => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((one, other) => other.at - one.at);
  return newest && (readOne(newest.file) ?? 'unreadable');
}

/** Writes the record completely or not at all, for this user only. Throws file system errors. */
export function writeStartRecord(of: StartRecordOf, record: StartRecord): void {
  mkdirSync(of.folder, { recursive: true, mode: 0o700 });
  writeFileAtomically(join(of.folder, nameOf(of)), `${JSON.stringify(record)}\n`);
}

function nameOf({ databaseId, path }: StartRecordOf): string {
  return `${databaseId}${suffixOf(path)}`;
}

function suffixOf(path: string): string {
  return `-${hashOf(resolve(dirname(path)))}.json`;
}

/** FNV-1a with 64 bits: it distinguishes a few folders and is no secret. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOne(path: string): StartRecord | undefined {
  try {
    const parsed = startRecordSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
