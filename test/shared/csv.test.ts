import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, csvSeparator } from '../../shared/csv.ts';

describe('a line of a CSV file', () => {
  test.each([
    ['plain', 'plain\r\n'],
    ['', '\r\n'],
    ['+33639980012', "'+33639980012\r\n"],
    ['=1+1', "'=1+1\r\n"],
    ['-1', "'-1\r\n"],
    ['@SUM(A1)', "'@SUM(A1)\r\n"],
    [' =1', "' =1\r\n"],
    ['\t=1', "'\t=1\r\n"],
    ['\r=1', `"'\r=1"\r\n`],
    ['a,b', '"a,b"\r\n'],
    ['say "hi"', '"say ""hi"""\r\n'],
    ['two\nlines', '"two\nlines"\r\n'],
    ['Dupont-Martin', 'Dupont-Martin\r\n'],
  ])('has %j as %j', (cell, line) => {
    expect(csvLine([cell], ',')).toBe(line);
  });

  test('puts its cells beside each other', () => {
    expect(csvLine(['a', 'b;c', 'd,e'], ';')).toBe('a;"b;c";d,e\r\n');
  });

  test('never begins a cell as a formula begins, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvLine([text], ',').replace(/^"/, '');
        expect(cell).not.toMatch(/^\s*[=+\-@]\S|^\t/);
      }),
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
