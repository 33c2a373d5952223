import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../shared/csv.ts';
import { readCsv } from '../../shared/csv-records.ts';

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
    ['"a"x;b\nc;d', [null, ['c', 'd']]],
  ])('%j is read cell by cell (row 85)', (text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  test('tells the line in the file, also after cells of several lines', () => {
    const lines = [...readCsv('a;b\n"two\r\nlines";b\n\nz;z')].map(({ line }) => line);
    expect(lines).toEqual([1, 2, 4, 5]);
  });

  test('that we have written comes back as it was', () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((text) => !/^\s*[=+\-@]|^[\t\r\n]/.test(text));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(rows, fc.constantFrom<',' | ';'>(',', ';'), (written, separator) => {
        fc.pre(csvLine(written[0] ?? [], separator).trim() !== '');
        const text = written.map((cells) => csvLine(cells, separator)).join('');
        const other = separator === ',' ? /[;\t]/ : /[,\t]/;
        fc.pre(!other.test(text));
        expect(cellsOf(text)).toEqual(written);
      }),
    );
  });

  test('never hangs and never throws, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r', 'a') }), (text) => {
        const lines = [...readCsv(text)].map(({ line }) => line);
        expect(lines).toEqual(lines.toSorted((one, other) => one - other));
      }),
    );
  });
});
