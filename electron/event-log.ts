import { appendFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EpochMs } from '../shared/time.ts';
import { tryToRenameFile } from './files/rename-and-remove.ts';

/**
 * Everything that may be logged: event names and words of closed lists only. No field could carry a phone number, a
 * customer's name, a text or a key.
 */
export type LogEntry =
  | { readonly event: 'started'; readonly version: string; readonly mode: 'live' | 'practice' }
  | { readonly event: 'shown' }
  /** On Windows only the profile keeps other users out. */
  | { readonly event: 'data-folder'; readonly place: 'outside-profile' }
  | { readonly event: 'blocked'; readonly problem: string }
  | { readonly event: 'connection'; readonly kind: string }
  | { readonly event: 'invitation'; readonly id: string; readonly state: string }
  | { readonly event: 'keychain'; readonly trouble: string }
  | {
      readonly event: 'bad-row';
      readonly table: string;
      readonly key: string;
      readonly why: string;
    }
  | { readonly event: 'site-database'; readonly what: string }
  | { readonly event: 'pin'; readonly what: 'reset' | 'saved' | 'removed' | 'wrong' }
  | { readonly event: 'backup'; readonly result: string }
  | { readonly event: 'renderer-gone'; readonly reason: string }
  | { readonly event: 'child-gone'; readonly type: string; readonly reason: string }
  | { readonly event: 'update'; readonly step: string }
  | { readonly event: 'stopped' };

export type EventLog = {
  readonly write: (entry: LogEntry) => void;
  /** Logs a bug without its message, which may quote data; returns the reference that staff can quote. */
  readonly reportBug: (error: unknown) => string;
  /** The last lines, oldest first. */
  readonly tail: () => readonly string[];
};

const FILE = 'deskbell.log';
/** Lines for support: some hours of work. */
const TAIL = 50;
const LARGEST_BYTES = 1024 * 1024;

/**
 * Writes an event log of two files of 1 MiB each, one JSON object per line. If the folder is not writable, the line
 * goes to standard error: a failing event log must not stop the desk.
 */
export function createEventLog(parts: {
  readonly folder: string;
  readonly now: () => EpochMs;
  readonly newReference: () => string;
}): EventLog {
  const append = (entry: Record<string, unknown>): void => {
    const line = `${JSON.stringify({ at: new Date(parts.now()).toISOString(), ...entry })}\n`;
    const file = join(parts.folder, FILE);
    try {
      mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
      rotate(file);
      appendFileSync(file, line, { mode: 0o600 });
    } catch {
      process.stderr.write(line);
    }
  };
  return {
    write: append,
    reportBug: (error) => {
      const reference = parts.newReference();
      append({ event: 'bug', reference, ...describe(error) });
      return reference;
    },
    tail: () => {
      try {
        return readFileSync(join(parts.folder, FILE), 'utf8').trim().split('\n').slice(-TAIL);
      } catch {
        return [];
      }
    },
  };
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  // If another program holds one of the files, keep appending: rotating must not delay the desk.
  if (size >= LARGEST_BYTES) tryToRenameFile(file, `${file}.1`);
}

/** Returns the place of a bug: the error's class, its code and the stack's functions, without paths and message. */
function describe(error: unknown): {
  readonly name: string;
  readonly code: string;
  readonly stack: readonly string[];
} {
  if (!(error instanceof Error)) return { name: typeof error, code: '', stack: [] };
  const code = 'code' in error ? wordLike(error.code, /^[A-Z][A-Z_\d]*$/) : '';
  const frames = stackWithoutMessage(error)
    .split('\n')
    .map((line) => /^\s+at (?:(.*) \()?(.*?):(\d+:\d+)\)?$/.exec(line))
    .filter((match) => match !== null)
    .map((match) => `${match[1] ?? ''} ${basename(match[2] ?? '')}:${match[3] ?? ''}`.trim());
  return {
    name: wordLike(error.name, /^(?:[A-Z][A-Za-z]*)?Error$/),
    code,
    stack: frames.slice(0, 12),
  };
}

/** Keeps class names and codes only in their usual shape; anything else may be data. */
function wordLike(text: unknown, shape: RegExp): string {
  return typeof text === 'string' && shape.test(text) ? text : '';
}

/**
 * Removes the message from a stack. A message can look like a stack, so its end is certain only while the stack opens
 * with it; otherwise the whole stack is dropped rather than a quoted message logged.
 */
function stackWithoutMessage({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  if (start < 0 || stack.slice(0, start).includes('\n')) return '';
  return stack.slice(start + message.length);
}
