import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { ManagedConfig } from '../settings/managed-config.ts';
import type { ApiKey } from '../os/api-key.ts';
import { tryToRemoveFileAsync } from '../files/rename-and-remove.ts';
import { decodeText } from '../files/decode-text.ts';
import { parseApiKey } from '../../shared/api-key.ts';
import { effectiveSettings } from '../../shared/settings.ts';
import { SECOND_MS, type Clock } from '../../shared/time.ts';
import { withTimeout } from '../../shared/with-timeout.ts';

/** Where a key comes from. Never from an argument: every user of the PC can see those. */
export type KeySource =
  | {
      readonly kind: 'stream';
      readonly stream: NodeJS.ReadableStream;
      /**
       * Whether the stream may never end, as for a desktop program on Windows: reading stops after ten seconds then.
       */
      readonly mayHang: boolean;
    }
  | { readonly kind: 'file'; readonly path: string };

const STREAM_MS = 10 * SECOND_MS;

/**
 * `deskbell --set-api-key < key.txt` or `--set-api-key=key.txt`: stores the key for the host of `apiUrl`, for roll-out
 * by script. Deletes the file only after the key is stored. Resolves to the exit code.
 */
export async function setApiKey(parts: {
  readonly managed: ManagedConfig;
  readonly source: KeySource;
  readonly clock: Pick<Clock, 'after'>;
  readonly say: (line: string) => void;
  readonly openApiKey: (apiUrl: string) => ApiKey;
}): Promise<0 | 1> {
  if (parts.managed.kind === 'broken') {
    parts.say(describe(parts.managed.problem));
    return 1;
  }
  const { apiUrl } = effectiveSettings({}, parts.managed.settings);
  const { source } = parts;
  const name = source.kind === 'file' ? source.path : 'standard input';
  const bytes = await readSource(source, parts.clock);
  if (typeof bytes === 'string') {
    parts.say(`No key was stored: ${name} ${bytes}.`);
    return 1;
  }
  const decoded = decodeText(bytes);
  if (decoded.kind === 'undecodable') {
    parts.say(`No key was stored: ${name} ${decoded.detail}.`);
    return 1;
  }
  const parsed = parseApiKey(decoded.text);
  if (!parsed.ok) {
    parts.say(
      `No key was stored: ${parsed.why === 'empty' ? `${name} was empty.` : KEY_ADVICE[parsed.why]}`,
    );
    return 1;
  }
  const written = await parts.openApiKey(apiUrl).save(parsed.key);
  if (written.kind === 'unavailable') {
    parts.say('No key was stored: the keychain of this user cannot be reached or is locked.');
    return 1;
  }
  parts.say(`The key for ${new URL(apiUrl).host} is stored.`);
  if (source.kind === 'stream' || (await tryToRemoveFileAsync(source.path))) return 0;
  parts.say(`${source.path} still holds it and cannot be deleted: delete it.`);
  return 1;
}

function describe(problem: Extract<ManagedConfig, { kind: 'broken' }>['problem']): string {
  if (problem.kind === 'config-rights')
    return `${problem.path}: others than administrators may write it, so it is not used`;
  const { file, line, key, detail } = problem;
  return `${file}${line === null ? '' : `:${line}`}: ${key === '' ? '' : `${key}: `}${detail}`;
}

/** Reads the source, or returns a message why it cannot be read. */
async function readSource(
  source: KeySource,
  clock: Pick<Clock, 'after'>,
): Promise<Uint8Array | string> {
  if (source.kind === 'file')
    return readFile(source.path).catch((error: unknown) => `cannot be read (${codeOf(error)})`);
  const all = buffer(source.stream).catch((error: unknown) => `cannot be read (${codeOf(error)})`);
  if (!source.mayHang) return all;
  const late = 'did not end within ten seconds: use --set-api-key=<file>';
  return withTimeout(all, { clock, afterMs: STREAM_MS, late });
}

/** Returns the code of a file system error; throws anything else, which is a bug. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  throw error;
}

const KEY_ADVICE = {
  characters: 'a key is one word of visible ASCII characters.',
  'too-long': 'that is longer than a keychain can hold.',
} as const;
