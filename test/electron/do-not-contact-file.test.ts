import { describe, expect, test } from 'vitest';
import { readList } from '../../electron/do-not-contact-file.ts';
import { NINE } from './store/a-row.ts';

const read = (text: string) => readList(text, { country: 'FR', now: NINE });
const numbers = async (text: string) => (await read(text)).entries.map(({ phone }) => phone);

describe('a list from a file', () => {
  test.each([
    ['one number a line', '06 39 98 00 01\n06 39 98 00 02'],
    ['a heading', 'Téléphone\n0639980001\n0639980002'],
    ['names before the numbers', 'Nom;Mobile\nMarie;06.39.98.00.01\nJean;06.39.98.00.02'],
    [
      'a byte order mark, commas and quotes',
      '\uFEFF"Phone","Name"\r\n"0639980001","A, B"\r\n"0639980002",""',
    ],
    ['formula cells with their apostrophe', "phone;x\n'+33639980001;\n'+33639980002;"],
    ['formula cells as spreadsheets write them', '="0639980001"\n="+33639980002"'],
    ['empty lines', '\n0639980001\n;;\n\n0639980002\n\n'],
  ])('is read with %s (row 85)', async (_what, text) => {
    expect(await numbers(text)).toEqual(['+33639980001', '+33639980002']);
    expect((await read(text)).problems).toEqual([]);
  });

  test('says of every line that is no number where it is and why (row 85)', async () => {
    const text =
      'Phone;Name\n0639980001;Marie\n;Jean\n06 39;Paul\n"0639980002;Léa\n99999999999999;X\n';
    expect(await read(text)).toMatchObject({
      entries: [{ phone: '+33639980001' }],
      problems: [
        { line: 3, why: 'no-number', text: 'Jean' },
        { line: 4, why: 'incomplete', text: '06 39 Paul' },
        { line: 5, why: 'broken' },
        { line: 6, why: 'impossible' },
      ],
    });
  });

  test('keeps each number once, in whatever spelling it comes again', async () => {
    const { entries, doubled } = await read('0639980001\n+33 6 39 98 00 01\n0033639980001');
    expect(entries).toHaveLength(1);
    expect(doubled).toBe(2);
  });

  test('keeps since when and by whom, never in the future', async () => {
    const text =
      "phone;since;staff\n'+33639980001;2026-01-02T10:00:00+01:00;Léa\n'+33639980002;2090-01-01;";
    expect((await read(text)).entries).toEqual([
      { phone: '+33639980001', since: Date.UTC(2026, 0, 2, 9), staff: 'Léa' },
      { phone: '+33639980002', since: NINE, staff: null },
    ]);
  });

  test('of nothing but words has a problem a line, and of nothing has none', async () => {
    expect((await read('hello\nworld')).problems).toHaveLength(1);
    expect(await read('')).toEqual({ entries: [], doubled: 0, problems: [] });
  });
});
