import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../../shared/csv/write-csv.ts';
import { readCsv } from '../../../shared/csv/parse-csv.ts';

const cellsOf = (text: string) => [...readCsv(text)].map(({ cells }) => cells);

describe('a CSV text', () => {
  test.each<[string, readonly (readonly string[] | null)[]]>([
    ['', []],
    [
      'a;b\r\nc;d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\rc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\uFEFFa;b', [['a', 'b']]],
    ['"a;1";b', [['a;1', 'b']]],
    ['"say ""hi""";b', [['say "hi"', 'b']]],
    ['"two\nlines";b', [['two\nlines', 'b']]],
    [
      'a;\n;b',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['"open;b\nc;d', [null, ['c', 'd']]],
    [
      '"Le; Lys" Hotel;b\nc;d',
      [
        ['"Le; Lys" Hotel', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a; "b;c" ', [['a', 'b;c']]],
    ['sep=|\r\na;b|c', [['a;b', 'c']]],
    ['"sep=,"\na;b,c', [['a;b', 'c']]],
    [
      'a|b\nc|d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\n1\tx;y;z\n2\tx;y;z',
      [
        ['a', 'b'],
        ['1', 'x;y;z'],
        ['2', 'x;y;z'],
      ],
    ],
  ])('%j is read cell by cell [rows 85, 150]', (text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  test('returns the line in the file, also after cells of several lines', () => {
    const lines = [...readCsv('a;b\n"two\r\nlines";b\n\nz;z')].map(({ line }) => line);
    expect(lines).toEqual([1, 2, 4, 5]);
  });

  test('written by Deskbell is read back unchanged', () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((text) => !/(?:^|[,;\t\r\n])[\s\p{Cc}"]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(rows, fc.constantFrom<',' | ';'>(',', ';'), (written, separator) => {
        fc.pre(csvLine(written[0] ?? [], separator).trim() !== '');
        const text = written.map((cells) => csvLine(cells, separator)).join('');
        const other = separator === ',' ? /[;\t|]/ : /[,\t|]/;
        fc.pre(!/^\uFEFF?"?sep=/i.test(text));
        fc.pre(!other.test(text));
        expect(cellsOf(text)).toEqual(written);
      }),
    );
  });

  test('[row 183] with more cells in a line than any list has is broken, and that line still ends where it ends', () => {
    const records = [...readCsv(`${'1;'.repeat(1_000_000)}\r\n06 39 98 00 01;b`)];
    expect(records).toEqual([
      { line: 1, cells: null },
      { line: 2, cells: ['06 39 98 00 01', 'b'] },
    ]);
  });

  test('never hangs and never throws, whatever it contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r', 'a') }), (text) => {
        const lines = [...readCsv(text)].map(({ line }) => line);
        expect(lines).toEqual(lines.toSorted((one, other) => one - other));
      }),
    );
  });
});
