import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { writeFileAtomically } from './sentinel.ts';

/**
 * How often a log was started, kept outside its data folder: a folder that is restored as a whole brings its own memory
 * with it, and would pass for the one that was left.
 */
const startRecordSchema = z.strictObject({
  starts: z.int(),
  state: z.enum(['closed', 'in-use']),
  /** Whether the desk was ever in real use; left out by versions that did not record it. */
  inUse: z.optional(z.boolean()),
});
type StartRecord = z.infer<typeof startRecordSchema>;

/** One record for each log and each place that it lies in: two folders of one PC are not mixed. */
export type StartRecordOf = {
  /** The folder of the records. */
  readonly folder: string;
  readonly databaseId: string;
  /** The file of the log. */
  readonly path: string;
};

/**
 * What is recorded of a log: in this place, or else the furthest of any other place, from which it was copied or moved.
 * Undefined where there is none, as on another PC, or none that can be read: then the memory beside the log has to do.
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
 * What is recorded of the database that lay in this place last, of whichever id: for when the place holds nothing. Undefined
 * where there was never one; `unreadable` where there was one, and no more is known.
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

/** Writes it whole or not at all, for this user only. Throws what the file system throws. */
export function writeStartRecord(of: StartRecordOf, record: StartRecord): void {
  mkdirSync(of.folder, { recursive: true, mode: 0o700 });
  writeFileAtomically(join(of.folder, nameOf(of)), record);
}

function nameOf({ databaseId, path }: StartRecordOf): string {
  return `${databaseId}${suffixOf(path)}`;
}

function suffixOf(path: string): string {
  return `-${hashOf(resolve(dirname(path)))}.json`;
}

/** FNV-1a with 64 bits: it tells a few folders apart, and hides nothing. http://www.isthe.com/chongo/tech/comp/fnv/ */
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
