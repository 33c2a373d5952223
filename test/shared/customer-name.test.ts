import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanName, holdsPhoneNumber, isNameTooLong } from '../../shared/customer-name.ts';
import { draftSchema } from '../../shared/invitation-draft.ts';
import { NAME_MAX, nameSchema } from '../../shared/invitation.ts';
import { draft } from '../support/inputs.ts';

describe('[row 81] cleanName', () => {
  test.each([
    ['Marie Dupont', 'Marie Dupont'],
    ['  Marie \t\r\n Dupont\u00A0', 'Marie Dupont'],
    ['Ma\u0000rie\u0007', 'Marie'],
    ['\u202EMarie\u202C\u200E', 'Marie'],
    ['Marie \u200B Dupont', 'Marie Dupont'],
    ['\uFEFFMarie', 'Marie'],
    ['Zoë 😀', 'Zoë 😀'],
    // Partoo would put its link there, in its own template too.
    ['Marie @link', 'Marie link'],
    ['@@LINK＠link', 'LINKlink'],
    ['marie@example.com', 'marie@example.com'],
    // A zero width non-joiner is spelling in Persian.
    ['علی\u200Cرضا', 'علی\u200Cرضا'],
    ['  ', ''],
    ['a'.repeat(255), 'a'.repeat(255)],
    ['a'.repeat(256), 'a'.repeat(255)],
    [`${'a'.repeat(254)} b`, 'a'.repeat(254)],
    [`${'a'.repeat(254)}😀`, 'a'.repeat(254)],
    [`${'a'.repeat(253)}😀`, `${'a'.repeat(253)}😀`],
    [`${'a'.repeat(250)}👨‍👩‍👧`, 'a'.repeat(250)],
  ])('%j is %j', (text, name) => {
    expect(cleanName(text)).toBe(name);
  });

  test('reports when it would cut off the end', () => {
    expect(isNameTooLong('a'.repeat(256))).toBe(true);
    expect(isNameTooLong(` ${'a'.repeat(255)} \u202E`)).toBe(false);
  });

  test('returns one trimmed line that Partoo accepts, and does not change it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const name = cleanName(text);
        expect(name.length).toBeLessThanOrEqual(NAME_MAX);
        expect(name).not.toMatch(/^\s|\s$|\s\s|\p{Cc}/u);
        expect(cleanName(name)).toBe(name);
        expect(isNameTooLong(name)).toBe(false);
      }),
    );
  });
});

describe('[row 192] a phone number in a name', () => {
  test.each([
    '0639980012',
    'Marie 06 39 98 00 12',
    'Marie Dupont 06.39.98.00.12',
    'Marie (06-39-98-00-12)',
    'Marie +33 (0)6 39 98 00 12',
    'Marie 0033639980012',
    'Marie ＋３３６３９９８００１２',
    'Marie ٠٦٣٩٩٨٠٠١٢',
    'Marie06399800 12',
    'Marie 06\u200B39\u200B98\u200B00\u200B12',
    'María 612 345 678',
    'María 612 34 56 78',
    'Mary (202) 555-0123',
    'Mads 20 12 34 56',
    '639980012',
    'Jörg 0171/2345678',
    'Marie 12/03/1980 06 39 98 00 12',
    'Room 101 06 39 98 00 12',
  ])('%j contains one', (name) => {
    expect(holdsPhoneNumber(name)).toBe(true);
  });

  test.each([
    '',
    'Marie Dupont',
    'Room 101',
    'Rooms 101, 102, 103, 104',
    'Chambre 1204',
    'Louis 14',
    '2nd floor',
    'Jean-Paul 2',
    'Dupont 2023-2024',
    'Dupont 12/03/1980',
    'Dupont 12.03.1980 14:30',
    'Dupont 12 03 1980',
    'Dupont 1980-03-12',
    'Dupont 12/03/80',
    '75001 Paris',
    'Dupont 123456',
    'Dupont 12345678',
    'Dupont ABC12345678',
    'Table 12 20h30 4 couverts',
    '007',
    '1 2 3 4 5 6 7',
  ])('%j contains none', (name) => {
    expect(holdsPhoneNumber(name)).toBe(false);
  });

  test('is refused in a draft by main, and old rows with one stay readable', () => {
    const name = 'Marie 06 39 98 00 12';
    expect(draftSchema.safeParse(draft).success).toBe(true);
    expect(draftSchema.safeParse({ ...draft, name }).success).toBe(false);
    expect(nameSchema.parse(name)).toBe(name);
  });

  test('is found in a text of any length without a delay', () => {
    expect(holdsPhoneNumber('1 '.repeat(200_000))).toBe(true);
    expect(holdsPhoneNumber('Anna, 12 '.repeat(50_000))).toBe(false);
    expect(holdsPhoneNumber(`${' '.repeat(300_000)}1`)).toBe(false);
  });
});
