import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readColumns, parseList } from '../../../electron/do-not-contact/parse-list.ts';
import { readTable } from '../../../electron/do-not-contact/read-table.ts';
import { countrySchema, type Country } from '../../../shared/phone/e164.ts';
import { NINE } from '../../support/builders/row.ts';

async function readBytes(bytes: Uint8Array, country: Country, chosen: readonly number[] | null) {
  const table = await readTable(bytes);
  if (table === undefined) throw new Error('this is no text');
  const columns = await readColumns(table, country);
  const list = await parseList(table, columns, chosen, { country, now: NINE });
  return { ...list, columns };
}

const read = (text: string, country: Country = 'FR', chosen: readonly number[] | null = null) =>
  readBytes(new TextEncoder().encode(text), country, chosen);
const numbers = async (text: string, country: Country = 'FR') =>
  (await read(text, country)).entries.map(({ phone }) => phone);
const asked = async (text: string, country: Country = 'FR') =>
  (await read(text, country)).columns.filter(({ isUnclear }) => isUnclear).map(({ at }) => at);

/**
 * Files as hotels have them, from public bug reports, file layouts and forum threads of receptionists; names and digits
 * are made up.
 */
const FILES = z
  .array(
    z.object({
      what: z.string(),
      country: countrySchema,
      base64: z.string(),
      entries: z.int(),
      problems: z.int(),
      numbers: z.optional(z.array(z.string())),
    }),
  )
  .parse(
    JSON.parse(
      readFileSync(new URL('../../fixtures/do-not-contact.json', import.meta.url), 'utf8'),
    ),
  );

describe('a list from a hotel', () => {
  test.each(FILES)('$what: loses no number and invents none [rows 150, 151]', async (file) => {
    const list = await readBytes(Buffer.from(file.base64, 'base64'), file.country, null);
    expect(list.columns.filter(({ isUnclear }) => isUnclear)).toEqual([]);
    expect(list.problems).toHaveLength(file.problems);
    const found = list.entries.map(({ phone }) => phone);
    expect(found).toHaveLength(file.entries);
    if (file.numbers !== undefined) expect(found).toEqual(file.numbers);
    // A customer is never read as a colleague.
    if (file.what.startsWith('staff=')) expect(list.entries[0]?.staff).toBeNull();
  });

  test('is read in any encoding [row 150]', async () => {
    const text = 'Prénom;Téléphone\r\nZoé;06 39 98 00 01\r\n';
    const utf16 = Buffer.from(text, 'utf16le');
    const encodings = {
      'UTF-8': Buffer.from(text),
      'UTF-8 with its mark': Buffer.from(`\uFEFF${text}`),
      'UTF-16': utf16,
      'UTF-16 with its mark': Buffer.from(`\uFEFF${text}`, 'utf16le'),
      'UTF-16 the other way round': Buffer.from(utf16).swap16(),
      'Windows-1252': Buffer.from(text, 'latin1'),
    };
    for (const bytes of Object.values(encodings)) {
      const { entries, columns } = await readBytes(bytes, 'FR', null);
      expect(entries.map(({ phone }) => phone)).toEqual(['+33639980001']);
      expect(columns.map(({ heading }) => heading)).toEqual(['Prénom', 'Téléphone']);
    }
  });

  test.each([
    ['a workbook', Buffer.from('504b030414000600080000002100', 'hex')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('that is %s is no table [row 150]', async (_what, bytes) => {
    expect(await readTable(bytes)).toBeUndefined();
  });

  test('written on one long line is still a list [row 150]', async () => {
    const list = Array.from({ length: 60 }, (_, at) => `6399800${String(at).padStart(2, '0')}`);
    expect(await numbers(list.map((digits) => `33${digits}`).join(';'))).toHaveLength(60);
  });
});

describe('a cell', () => {
  test.each([
    ['06 39 98 00 01 ou 06 39 98 00 02', 'FR', ['+33639980001', '+33639980002']],
    ['0639980001/0639980002', 'FR', ['+33639980001', '+33639980002']],
    ['0171/1234567', 'DE', ['+491711234567']],
    ['+33 (0)6 39 98 00 01', 'FR', ['+33639980001']],
    ['(06) 39.98.00.01 (bureau)', 'FR', ['+33639980001']],
    ['06-39-98-00-01', 'FR', ['+33639980001']],
    ['+33639980001 poste 12', 'FR', ['+33639980001']],
    ['639980001', 'FR', ['+33639980001']],
    ['0639980001 23/11/2026', 'FR', ['+33639980001']],
    ['0639980001,00', 'FR', ['+33639980001']],
    ['(202) 555-0123', 'US', ['+12025550123']],
  ] as const)('%j holds these numbers and no others [row 151]', async (cell, country, found) => {
    expect(await numbers(`Mobile\n"${cell}"\n`, country)).toEqual(found);
  });

  test.each([
    ['3.36399E+10', 'rounded'],
    ['3,36399E+10', 'rounded'],
    ['06 39 98', 'incomplete'],
    ['see Léa', 'no-number'],
    ['06399800010639980002', 'impossible'],
  ])('%j is no number, reported as %s [row 151]', async (cell, why) => {
    expect(await read(`Nom;Mobile\nA;"${cell}"\n`)).toMatchObject({
      entries: [],
      problems: [{ line: 2, why }],
    });
  });

  test('of a note is read too when a number begins in it [row 151]', async () => {
    const text = 'Nom;Mobile;Note\nA;0639980001;appeler +33 6 39 98 00 02\nB;;dossier 0639980003\n';
    expect(await numbers(text)).toEqual(['+33639980001', '+33639980002', '+33639980003']);
  });

  test('with a number that no SMS reaches is left out and counted [row 151]', async () => {
    expect(await read('Nom;Fixe;Mobile\nA;01 23 45 67 89;0639980001\n')).toMatchObject({
      entries: [{ phone: '+33639980001' }],
      landlines: 1,
    });
  });
});

describe('columns', () => {
  test.each([
    ['a meaningless heading over bare digits', 'Contact;Nom\n639980001;A\n', [0]],
    ['no heading over two columns of bare digits', '639980001;639980002\n', [0, 1]],
    ['a file number that looks like a number', 'Dossier;Nom\n0639980001;A\n', [0]],
    ['only numbers that no SMS reaches', 'Nom;Fixe\nA;0123456789\n', [1]],
  ])("with %s need a person's choice [row 152]", async (_what, text, unclear) => {
    expect(await asked(text)).toEqual(unclear);
  });

  test('chosen by a person are used, and no others [row 152]', async () => {
    const text = 'Contact;Autre;Tel\n639980001;639980002;0123456789\n';
    const found = async (chosen: readonly number[]) =>
      (await read(text, 'FR', chosen)).entries.map(({ phone }) => phone);
    expect(await found([0])).toEqual(['+33639980001']);
    expect(await found([1, 2])).toEqual(['+33639980002', '+33123456789']);
    expect(await found([])).toEqual([]);
  });

  test.each([
    ['Dato;Mobil\n20261123;20123456\n', 'DK', ['+4520123456']],
    ['Datum;Uhrzeit;Mobil\n23.11.2026 10:30;10:30;0171 1234567\n', 'DE', ['+491711234567']],
    ['Buchung;Zimmer;Mobil\n1711234567;1711234568;0172 1234567\n', 'DE', ['+491721234567']],
    ['Réservation;Téléphone\n612345678;06 39 98 00 01\n', 'FR', ['+33639980001']],
  ] as const)(
    'of dates and file numbers contain no phone numbers: %j [row 153]',
    async (text, country, found) => {
      expect(await asked(text, country)).toEqual([]);
      expect(await numbers(text, country)).toEqual(found);
    },
  );

  test('of customer names are not read as colleagues, in any order [row 153]', async () => {
    for (const text of [
      'Mobile;Départ;Nom\n0639980001;2026-11-20;Marie Dupont\n',
      '0639980001;2026-11-20;Marie Dupont\n',
      'Mobile;Since;Guest\n0639980001;2026-11-20;Marie Dupont\n',
    ])
      expect((await read(text)).entries).toMatchObject([{ phone: '+33639980001', staff: null }]);
  });
});

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

  test('reports line and reason for every line without a number (row 85)', async () => {
    const text =
      'Phone;Name\n0639980001;Marie\n;Jean\n06 39;Paul\n"0639980002;Léa\n99999999999999;X\n?;Zoé\nno;Tom';
    expect(await read(text)).toMatchObject({
      entries: [{ phone: '+33639980001' }],
      without: 2,
      problems: [
        { line: 4, why: 'incomplete', text: '06 39 Paul' },
        { line: 5, why: 'broken' },
        { line: 6, why: 'impossible' },
        { line: 8, why: 'no-number', text: 'no Tom' },
      ],
    });
  });

  test('keeps each number once, in any spelling', async () => {
    const { entries, doubled } = await read('0639980001\n+33 6 39 98 00 01\n0033639980001');
    expect(entries).toHaveLength(1);
    expect(doubled).toBe(2);
  });

  test('keeps date and colleague, never in the future', async () => {
    const text =
      "phone;since;staff\n'+33639980001;2026-01-02T10:00:00+01:00;Léa\n'+33639980002;2090-01-01;";
    expect((await read(text)).entries).toEqual([
      { phone: '+33639980001', since: Date.UTC(2026, 0, 2, 9), staff: 'Léa' },
      { phone: '+33639980002', since: NINE, staff: null },
    ]);
  });

  test('reports one problem for each line of words, and none for an empty file', async () => {
    expect((await read('hello\nworld')).problems).toHaveLength(1);
    expect(await read('')).toMatchObject({ entries: [], doubled: 0, problems: [] });
  });
});

describe('[row 183] a file with huge lines', () => {
  /** Reads the list, and counts how often other work ran in between. */
  async function readBeside(text: string) {
    let turns = 0;
    let isRead = false;
    const others = (async () => {
      while (!isRead) {
        await setImmediate();
        turns += 1;
      }
    })();
    const list = await read(text).finally(() => {
      isRead = true;
    });
    await others;
    return { ...list, turns };
  }

  test('of a million cells is refused with its line, and the other lines count', async () => {
    const huge = '0639980001;'.repeat(1_000_000);
    const { entries, problems } = await readBeside(`Phone\r\n${huge}\r\n0639980002`);
    expect(entries.map(({ phone }) => phone)).toEqual(['+33639980002']);
    expect(problems).toEqual([{ line: 2, why: 'broken', text: '' }]);
  });

  test('of more than a thousand columns is no table', async () => {
    const wide = Array.from({ length: 10 }, () => 'x;'.repeat(5_000)).join('\r\n');
    const { entries, problems } = await readBeside(wide);
    expect(entries).toEqual([]);
    expect(problems.map(({ why }) => why)).toEqual(Array.from({ length: 10 }, () => 'broken'));
  });

  test('of one endless cell is read at its beginning only', async () => {
    const { entries } = await readBeside(`0639980001 ${'9 x'.repeat(3_000_000)}\r\n0639980002`);
    expect(entries.map(({ phone }) => phone)).toContain('+33639980002');
  });

  test('lets other work run, also when it is one line', async () => {
    const line = Array.from({ length: 15_000 }, () => '0639980001').join(',');
    const { entries, doubled, turns } = await readBeside(line);
    expect(entries).toHaveLength(1);
    expect(doubled).toBe(14_999);
    expect(turns).toBeGreaterThan(20);
  });
});
