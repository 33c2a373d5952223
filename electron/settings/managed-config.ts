import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findNodeAtLocation, parse, parseTree, type Node, type ParseError } from 'jsonc-parser';
import type * as z from 'zod/mini';
import { readCaFile, type CaFile } from './ca-file.ts';
import type { StartProblem } from '../../shared/desk-snapshot.ts';
import { decodeText } from '../files/decode-text.ts';
import { partialSettingsSchema, type PartialSettings } from '../../shared/settings.ts';

type ConfigProblem = Extract<StartProblem, { kind: 'config' | 'config-rights' }>;

/** The managed configuration: the settings fixed by IT for this PC, or the error in their file. */
export type ManagedConfig =
  | {
      readonly kind: 'read';
      readonly settings: PartialSettings;
      readonly file: string | null;
      /** The content of `caFile`, as PEM. */
      readonly authorities: readonly string[];
    }
  | { readonly kind: 'broken'; readonly problem: ConfigProblem };

/** Returns the path of the machine-wide file. */
export function machineConfigFile(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') {
    return join(env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'deskbell', 'config.json');
  }
  if (platform === 'darwin') return '/Library/Application Support/deskbell/config.json';
  return '/etc/deskbell/config.json';
}

/**
 * Reads the managed configuration. A file named on the command line must exist; the machine-wide one need not. An
 * invalid file is never ignored: IT rolled it out on purpose.
 */
export function readManagedConfig(
  places: { readonly named: string | undefined; readonly machine: string },
  rights: RightsPort = REAL_RIGHTS,
): ManagedConfig {
  const file = places.named ?? places.machine;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    if (places.named === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) {
      return { kind: 'read', settings: {}, file: null, authorities: [] };
    }
    return { kind: 'broken', problem: { kind: 'config', file, line: null, key: '', detail: code } };
  }
  const open = places.named === undefined ? writableByOthers(file, rights) : undefined;
  if (open !== undefined) return { kind: 'broken', problem: { kind: 'config-rights', path: open } };
  const decoded = decodeText(bytes);
  if (decoded.kind === 'text') return parseManagedConfig(decoded.text, file);
  const { line, detail } = decoded;
  return { kind: 'broken', problem: { kind: 'config', file, line, key: '', detail } };
}

/** Reads who may write a file. */
export type RightsPort = {
  readonly platform: NodeJS.Platform;
  readonly stat: (path: string) => { readonly uid: number; readonly mode: number };
};
const REAL_RIGHTS: RightsPort = { platform: process.platform, stat: (path) => statSync(path) };

/**
 * SECURITY: the machine-wide file applies to every user of this PC, so only root may write or replace it.
 * Returns the path that others may write: the file or its folder. Windows keeps such rights elsewhere; there the
 * installer sets them (build/package/installer.nsh).
 */
function writableByOthers(file: string, { platform, stat }: RightsPort): string | undefined {
  if (platform === 'win32') return undefined;
  return [dirname(file), file].find((path) => {
    const { uid, mode } = stat(path);
    return uid !== 0 || (mode & 0o022) !== 0;
  });
}

/** Parses the text of a managed configuration, and reads the file it names; a problem names the key and the line. */
export function parseManagedConfig(fileText: string, file: string): ManagedConfig {
  const text = fileText.replace(/^\uFEFF/, '');
  const broken = (offset: number | undefined, key: string, detail: string): ManagedConfig => ({
    kind: 'broken',
    problem: {
      kind: 'config',
      file,
      line: offset === undefined ? null : text.slice(0, offset).split('\n').length,
      key,
      detail,
    },
  });

  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowEmptyContent: false });
  const [first] = errors;
  if (first !== undefined) return broken(first.offset, '', 'not valid JSON');
  const root = parseTree(text);
  // `JSON.parse` silently takes the last one, which may not be the intended one.
  const repeated = root && findRepeatedKey(root, []);
  if (repeated !== undefined)
    return broken(repeated.offset, nameOf(repeated.path), 'is there twice');

  const parsed = partialSettingsSchema.safeParse(value);
  if (parsed.success) {
    const { caFile } = parsed.data;
    const found = typeof caFile === 'string' ? readCaFile(caFile) : NO_AUTHORITIES;
    if (found.kind === 'read')
      return { kind: 'read', settings: parsed.data, file, authorities: found.certificates };
    return broken(placeOf(root, ['caFile']), 'caFile', found.detail);
  }
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw new Error('a rejected configuration without an issue');
  const path = [
    ...issue.path,
    ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
  ];
  return broken(placeOf(root, path), nameOf(path), expectation(issue));
}

const NO_AUTHORITIES: CaFile = { kind: 'read', certificates: [] };

type KeyPlace = { readonly path: readonly PropertyKey[]; readonly offset: number };

/** Returns the first repeated key of an object. Keys are compared after resolving escapes. */
function findRepeatedKey(node: Node, path: readonly PropertyKey[]): KeyPlace | undefined {
  const seen = new Set<unknown>();
  for (const [index, child] of (node.children ?? []).entries()) {
    const [key, value = child] = child.type === 'property' ? (child.children ?? []) : [];
    const inside = [...path, key === undefined ? index : String(key.value)];
    if (key !== undefined) {
      if (seen.has(key.value)) return { path: inside, offset: key.offset };
      seen.add(key.value);
    }
    const deeper = findRepeatedKey(value, inside);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/** Returns the offset of the deepest part of `path` that the file contains. */
function placeOf(root: Node | undefined, path: readonly PropertyKey[]): number | undefined {
  if (root === undefined) return undefined;
  for (let depth = path.length; depth > 0; depth -= 1) {
    const steps = path
      .slice(0, depth)
      .map((step) => (typeof step === 'number' ? step : String(step)));
    const node = findNodeAtLocation(root, steps);
    if (node !== undefined) return node.offset;
  }
  return root.offset;
}

/** `sendingHours[0].from` */
function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/** Describes the expected value, for the author of the file. */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'no such key';
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`;
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}
