import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decodeText } from '../files/decode-text.ts';
import { SECOND_MS, type Clock } from '../../shared/time.ts';
import { withTimeout } from '../../shared/with-timeout.ts';

/** Where a secret comes from. Never from an argument: every user of the PC can see those. */
export type InputSource =
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

/** The text of a source, or why it cannot be read, as the end of a sentence that begins with the name of the source. */
export type Input =
  | { readonly kind: 'text'; readonly text: string; readonly name: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads a source. `fileSwitch`: the switch that takes a file instead, for the advice. */
export async function readInput(
  source: InputSource,
  clock: Pick<Clock, 'after'>,
  fileSwitch: string,
): Promise<Input> {
  const name = source.kind === 'file' ? source.path : 'standard input';
  const bytes = await readSource(source, clock, fileSwitch);
  if (typeof bytes === 'string') return { kind: 'unreadable', why: `${name} ${bytes}` };
  const decoded = decodeText(bytes);
  return decoded.kind === 'text'
    ? { kind: 'text', text: decoded.text, name }
    : { kind: 'unreadable', why: `${name} ${decoded.detail}` };
}

/** Reads the source, or returns a message why it cannot be read. */
async function readSource(
  source: InputSource,
  clock: Pick<Clock, 'after'>,
  fileSwitch: string,
): Promise<Uint8Array | string> {
  if (source.kind === 'file')
    return readFile(source.path).catch((error: unknown) => `cannot be read (${codeOf(error)})`);
  const all = buffer(source.stream).catch((error: unknown) => `cannot be read (${codeOf(error)})`);
  if (!source.mayHang) return all;
  const late = `did not end within ten seconds: use --${fileSwitch}=<file>`;
  return withTimeout(all, { clock, afterMs: STREAM_MS, late });
}

/** Returns the code of a file system error; throws anything else, which is a bug. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  throw error;
}
