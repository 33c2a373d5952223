import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setApiKey } from '../../../electron/cli/set-api-key.ts';
import { decodeText } from '../../../electron/files/decode-text.ts';
import { createFakeClock } from '../../support/clock.ts';

const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const LE = Buffer.from([0xff, 0xfe]);
const BE = Buffer.from([0xfe, 0xff]);

describe('[row 160] the text of a file', () => {
  test('is read as UTF-8, and as UTF-16 with a byte order mark, whatever it contains', () => {
    const anything = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !text.startsWith('\uFEFF') && !text.includes('\0'));
    fc.assert(
      fc.property(anything, (text) => {
        const read = { kind: 'text', text };
        expect(decodeText(Buffer.from(text))).toEqual(read);
        expect(decodeText(Buffer.from(`\uFEFF${text}`))).toEqual(read);
        expect(decodeText(Buffer.concat([LE, utf16le(text)]))).toEqual(read);
        expect(decodeText(Buffer.concat([BE, utf16be(text)]))).toEqual(read);
      }),
    );
  });

  test.each([
    ['Windows-1252', Buffer.from('{\n  "a": "H\u00f4tel"\n}', 'latin1'), 2, 'Windows-1252'],
    ['Windows-1252 in the last line', Buffer.from('a\nb\r\nc\u00e9', 'latin1'), 3, 'Windows-1252'],
    ['truncated UTF-8', Buffer.from('é').subarray(0, 1), 1, 'not UTF-8'],
    [
      'UTF-16 without a byte order mark',
      utf16le('{"a": 1}'),
      1,
      'UTF-16 without a byte order mark',
    ],
    ['UTF-16 BE without a byte order mark', utf16be('{}'), 1, 'UTF-16 without'],
    ['half of UTF-16', Buffer.concat([LE, utf16le('a\nb'), Buffer.from([1])]), 2, 'UTF-16'],
    ['half of UTF-16 BE', Buffer.concat([BE, Buffer.from([1])]), 1, 'UTF-16'],
    ['half a character', Buffer.concat([LE, utf16le('a\n\uD800')]), 2, 'half a character'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 1, 'UTF-32'],
  ])('is refused with its line and its encoding: %s', (_, bytes, line, words) => {
    expect(decodeText(bytes)).toEqual({
      kind: 'undecodable',
      line,
      detail: expect.stringContaining(words),
    });
  });
});

describe('[row 160] a key on standard input', () => {
  const store = async (input: Buffer) => {
    const said: string[] = [];
    const saved: string[] = [];
    const code = await setApiKey({
      managed: { kind: 'read', settings: {}, file: null, authorities: [] },
      source: {
        kind: 'stream',
        stream: Readable.from([input.subarray(0, 3), input.subarray(3)]),
        mayHang: false,
      },
      clock: createFakeClock(0),
      say: (line) => said.push(line),
      openApiKey: () => ({
        read: async () => ({ kind: 'absent' }),
        save: async (key) => {
          saved.push(key);
          return { kind: 'done' };
        },
        remove: async () => ({ kind: 'done' }),
      }),
    });
    return { code, said: said.join('\n'), saved };
  };

  test.each([
    ['UTF-8', Buffer.from('made-up-key\r\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFmade-up-key\r\n')],
    ['UTF-16, as PowerShell writes it', Buffer.concat([LE, utf16le('made-up-key\r\n')])],
  ])('is read in %s', async (_, input) => {
    expect(await store(input)).toMatchObject({ code: 0, saved: ['made-up-key'] });
  });

  test('is refused with a message about the encoding', async () => {
    const { code, said, saved } = await store(utf16le('made-up-key\r\n'));
    expect({ code, saved }).toEqual({ code: 1, saved: [] });
    expect(said).toContain('UTF-16 without a byte order mark');
  });
});
