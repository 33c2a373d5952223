import { isUtf8 } from 'node:buffer';

/** The text of a file written by a person or a script, or why it cannot be read. `line` counts from 1. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'undecodable'; readonly line: number; readonly detail: string };

/**
 * Decodes UTF-8, and UTF-16 with a byte order mark (as PowerShell's `>` writes). Rejects everything else with a
 * message about the encoding: a text decoded with wrong letters looks right until it is read.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) {
    return bytes[2] === 0 && bytes[3] === 0
      ? undecodable(1, 'is UTF-32: save it as UTF-8')
      : decodeUtf16(Buffer.from(bytes.subarray(2)));
  }
  if (first === 0xfe && second === 0xff) {
    return bytes.length % 2 === 0
      ? decodeUtf16(Buffer.from(bytes.subarray(2)).swap16())
      : undecodable(1, CUT_UTF16);
  }
  if (bytes.includes(0)) {
    return undecodable(1, 'is probably UTF-16 without a byte order mark: save it as UTF-8');
  }
  // `TextDecoder` removes a UTF-8 byte order mark.
  return isUtf8(bytes)
    ? { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) }
    : undecodable(firstLineNotUtf8(bytes), NOT_UTF8);
}

const NOT_UTF8 = 'is not UTF-8, probably Windows-1252 (“ANSI”): save it as UTF-8';
const CUT_UTF16 = 'is UTF-16 with half a character in it: save it as UTF-8';

function decodeUtf16(bytes: Buffer): DecodedText {
  const text = bytes.toString('utf16le');
  if (bytes.length % 2 === 0 && !/\p{Cs}/u.test(text)) return { kind: 'text', text };
  const before = text.split(/\p{Cs}/u)[0] ?? '';
  return undecodable(before.split('\n').length, CUT_UTF16);
}

function undecodable(line: number, detail: string): DecodedText {
  return { kind: 'undecodable', line, detail };
}

/** In UTF-8 only the line break itself contains its byte, so each line can be checked alone. */
function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const part = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (end === -1 || !isUtf8(part)) break;
    line += 1;
    start = end + 1;
  }
  return line;
}
