import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, csvSeparator } from '../../../shared/csv/write-csv.ts';
import { plainCell } from '../../../shared/phone/numbers-in-cell.ts';

describe('a line of a CSV file', () => {
  test.each([
    ['plain', 'plain\r\n'],
    ['', '\r\n'],
    ['+33639980012', "'+33639980012\r\n"],
    ['=1+1', "'=1+1\r\n"],
    ['-1', "'-1\r\n"],
    ['@SUM(A1)', "'@SUM(A1)\r\n"],
    [' =1', "' =1\r\n"],
    ['\t=1', `"'\t'=1"\r\n`],
    ['\r=1', `"'\r'=1"\r\n`],
    ['a,b', '"a,b"\r\n'],
    ['say "hi"', '"say ""hi"""\r\n'],
    ['two\nlines', '"two\nlines"\r\n'],
    ['Dupont-Martin', 'Dupont-Martin\r\n'],
  ])('writes %j as %j', (cell, line) => {
    expect(csvLine([cell], ',')).toBe(line);
  });

  test('joins its cells', () => {
    expect(csvLine(['a', 'b;c', 'd,e'], ';')).toBe('a;"b;c";"d,e"\r\n');
  });
});

/**
 * How Excel, LibreOffice and Google Sheets read a CSV text: a quote counts only at the beginning of a cell, text after
 * its end belongs to the cell, and leading white space may be cut.
 */
function openAs(text: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      const quoted = /^"((?:[^"]|"")*)(?:"|$)/.exec(text.slice(at));
      cell = (quoted?.[1] ?? '').replaceAll('""', '"');
      at += quoted?.[0].length ?? 1;
    }
    const rest = text
      .slice(at)
      .search(separator === '\t' ? /[\t\r\n]/ : new RegExp(`[${separator}\r\n]`));
    const end = rest === -1 ? text.length : at + rest;
    cells.push(cell + text.slice(at, end));
    at = end + 1;
  }
  return cells;
}

const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
const SEPARATORS = [',', ';', '\t'] as const;

describe('[row 182] no cell is a formula, with any separator that the spreadsheet expects', () => {
  test.each([
    [['=1+1']],
    [['Marie', 'x;=1+1']],
    [['Marie', 'x,=HYPERLINK("http://a")']],
    [['Marie', 'x\t@SUM(A1)']],
    [['Marie', 'x\n=1+1']],
    [['Marie', 'x\r\n+1']],
    [['Marie', 'x;"=1+1']],
    [['Marie', 'x; \u00A0=1+1']],
    [['\uFF1D1+1', '\uFF0B1', '\uFF0D1', '\uFF201']],
    [['Marie', 'x;\uFF1D1+1']],
    [['"=1+1']],
    [['+33639980012', '-1', '@x', '\t=1', '\r=1', ' =1']],
  ])('%j', (cells) => {
    for (const written of [',', ';'] as const)
      for (const separator of SEPARATORS)
        for (const cell of openAs(csvLine(cells, written), separator))
          expect(cell, `${written} opened as ${separator}`).not.toMatch(FORMULA);
  });

  test('for any text', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\uFF1D',
        '"',
        "'",
        ',',
        ';',
        '\t',
        '\r',
        '\n',
        ' ',
        'a',
        '1',
      ),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(nasty, fc.string()), { minLength: 1, maxLength: 4 }),
        fc.constantFrom<',' | ';'>(',', ';'),
        fc.constantFrom(...SEPARATORS),
        (cells, written, separator) => {
          for (const cell of openAs(csvLine(cells, written), separator))
            expect(cell).not.toMatch(FORMULA);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each(['+33639980012', '+49 (0)171 1234567'])('and our own import reads %s back', (phone) => {
    for (const written of [',', ';'] as const) {
      const [cell = ''] = openAs(csvLine([phone, 'x'], written), written);
      expect(plainCell(cell)).toBe(phone);
    }
  });

  test('a harmless text is written unchanged', () => {
    expect(csvLine(['Dupont-Martin', 'a - b', 'x=1', 'me@x.fr'], ',')).toBe(
      'Dupont-Martin,a - b,x=1,me@x.fr\r\n',
    );
  });
});

test.each([
  ['en-GB', ','],
  ['en-US', ','],
  ['fr-FR', ';'],
  ['de', ';'],
  ['es-MX', ','],
  ['fr-CA', ';'],
  ['de-CH', ';'],
  ['en-FR', ';'],
  ['en-DE', ';'],
  ['no locale', ','],
])('with the regional format %s cells are separated by %s [row 155]', (locale, separator) => {
  expect(csvSeparator(locale)).toBe(separator);
});
