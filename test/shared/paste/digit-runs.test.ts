import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Country } from '../../../shared/phone/e164.ts';
import {
  isNameLabel,
  isOtherWord,
  isParticle,
  isTitle,
} from '../../../shared/paste/label-words.ts';
import { parsePhone, splitPasted } from '../../../shared/phone/phone.ts';

describe('splitPasted', () => {
  test.each([
    ['the name first', 'Marie Dupont 06 39 98 00 04'],
    ['the number first', '06 39 98 00 04 Marie Dupont'],
    ['a comma', 'Marie Dupont, 06 39 98 00 04'],
    ['a semicolon', '06 39 98 00 04; Marie Dupont'],
    ['a colon', 'Marie Dupont: 06 39 98 00 04'],
    ['a French colon', 'Marie Dupont\u00A0: 06 39 98 00 04'],
    ['a hyphen', 'Marie Dupont - 06 39 98 00 04'],
    ['a dash', 'Marie Dupont – 06 39 98 00 04'],
    ['a bar', 'Marie Dupont | 06 39 98 00 04'],
    ['a tab', 'Marie Dupont\t06 39 98 00 04'],
    ['a line break', 'Marie Dupont\n06 39 98 00 04'],
    ['a Windows line break', '06 39 98 00 04\r\nMarie Dupont\r\n'],
    ['a slash', 'Marie Dupont / 06 39 98 00 04'],
    ['brackets', 'Marie Dupont (06 39 98 00 04)'],
    ['a label', 'Marie Dupont, tél. : 06 39 98 00 04'],
    ['labels', 'Nom : Marie Dupont\nTél : 06 39 98 00 04\nE-mail : m.dupont@example.com'],
    ['another label', 'Mobile 06 39 98 00 04 – Marie Dupont'],
    ['white space', '  Marie \u00A0 Dupont \t 06 39 98 00 04  '],
    ['an e-mail address', 'Marie Dupont <marie.dupont75@example.com> 06 39 98 00 04'],
    ['an e-mail address of digits', '0612345678@example.com Marie Dupont 06 39 98 00 04'],
    ['a web address', 'Marie Dupont https://example.com/0612345678 06 39 98 00 04'],
    ['columns', 'Marie\tDupont\t06 39 98 00 04\tm@example.com'],
    ['a row of a CSV file', '06 39 98 00 04;Marie;Dupont'],
    ['a landline before', 'Marie Dupont 01 23 45 67 89 / 06 39 98 00 04'],
    ['another mobile after', 'Marie Dupont 06 39 98 00 04 / 06 98 76 54 32'],
    ['an address above', '12 rue de la Paix\nMarie Dupont\n06 39 98 00 04'],
    ['an address below', 'Marie Dupont\n06 39 98 00 04\n12 rue de la Paix\n75002 Paris'],
    ['the number above everything', '06 39 98 00 04\n\nMarie Dupont\n12 rue de la Paix'],
    ['name on two lines', 'Marie\nDupont\n06 39 98 00 04'],
    ['another customer below', 'Marie Dupont\n06 39 98 00 04\nJean Martin\n06 98 76 54 32'],
    ['rows of customers', 'Marie Dupont\t06 39 98 00 04\nJean Martin\t06 98 76 54 32'],
  ])('splits number and name: %s', (_, text) => {
    expect(splitPasted(text, 'FR')).toEqual({ phone: '06 39 98 00 04', name: 'Marie Dupont' });
  });

  test.each([
    ['Dupont, Marie 06 39 98 00 04', '06 39 98 00 04', 'Dupont, Marie'],
    ['Mme Marie Dupont 06.39.98.00.04', '06.39.98.00.04', 'Mme Marie Dupont'],
    ['M. Durand 06 39 98 00 04', '06 39 98 00 04', 'M. Durand'],
    ["Anne-Marie d'Arc +33 (0)6 39 98 00 04", '+33 (0)6 39 98 00 04', "Anne-Marie d'Arc"],
    ['Marie tel:+33639980004', '+33639980004', 'Marie'],
    ['李 0033 6 39 98 00 04', '0033 6 39 98 00 04', '李'],
    ['Chambre 3 06 39 98 00 04 M. Durand', '06 39 98 00 04', 'M. Durand'],
    ['Marie 12/03/1980 06 39 98 00 04', '06 39 98 00 04', 'Marie'],
    ['Marie 2026-11-23 06 39 98 00 04', '06 39 98 00 04', 'Marie'],
    ['Marie Dupont 639980004', '639980004', 'Marie Dupont'],
    ['Marie ٠٦٣٩٩٨٠٠٠٤', '٠٦٣٩٩٨٠٠٠٤', 'Marie'],
    ['Marie ＋３３６３９９８０００４', '＋３３６３９９８０００４', 'Marie'],
  ])('keeps both as typed: %s', (text, phone, name) => {
    expect(splitPasted(text, 'FR')).toEqual({ phone, name });
    expect(parsePhone(phone, 'FR').kind).toBe('complete');
  });

  test.each([
    ['ES', 'María García 612 34 56 78', '612 34 56 78', 'María García'],
    ['ES', '912 34 56 78 María García', '912 34 56 78', 'María García'],
    ['US', 'Mary Smith (202) 555-0123', '(202) 555-0123', 'Mary Smith'],
    ['GB', 'Mary Smith (+33) 6 39 98 00 04', '(+33) 6 39 98 00 04', 'Mary Smith'],
    ['DE', 'Jörg Groß 0171 2345678', '0171 2345678', 'Jörg Groß'],
    ['GB', 'Mary Smith +33 6 39 98 00 04', '+33 6 39 98 00 04', 'Mary Smith'],
  ] as const)('reads the numbers of %s: %s', (home, text, phone, name) => {
    expect(splitPasted(text, home)).toEqual({ phone, name });
    expect(parsePhone(phone, home).kind).toBe('complete');
  });

  test.each([
    ['', ''],
    ['Marie Dupont', 'Marie Dupont'],
    ['  Marie \n Dupont\t', 'Marie Dupont'],
    ['Room 12, Marie Dupont, 75001 Paris', 'Marie Dupont'],
    ['Marie, born 01/02/1980', 'Marie'],
    ['FR7630006000011234567890189', ''],
    ['0612345678@example.com', ''],
  ])('returns only the name without a number: %j', (text, name) => {
    expect(splitPasted(text, 'FR')).toEqual({ phone: '', name });
  });

  test.each([
    ['06 39 98', '06 39 98', ''],
    ['3639', '3639', ''],
    ['06 39 98 00 04 5', '06 39 98 00 04 5', ''],
    ['Marie Dupont 06 39 98', '06 39 98', 'Marie Dupont'],
    ['Marie Dupont 06 39 98 00 04 5', '06 39 98 00 04 5', 'Marie Dupont'],
    ['Marie Dupont +999 123 456', '+999 123 456', 'Marie Dupont'],
  ])('keeps a wrong number for parsePhone to judge, digits uncut: %s', (text, phone, name) => {
    expect(splitPasted(text, 'FR')).toEqual({ phone, name });
    expect(parsePhone(phone, 'FR').kind).not.toBe('complete');
  });

  test('does not read a sentence as a name', () => {
    const text = `${'Marie '.repeat(100)}06 39 98 00 04`;
    expect(splitPasted(text, 'FR')).toEqual({ phone: '06 39 98 00 04', name: '' });
  });

  test.each([
    ['zeros', '0 '.repeat(2_560)],
    ['digits', '0612345678 '.repeat(460)],
    ['numbers on lines', 'Marie 06 39 98 00 04\n'.repeat(240)],
    ['letters', 'a'.repeat(5_000)],
    ['punctuation', `${' ,'.repeat(2_500)}x`],
    ['at signs', 'a@'.repeat(2_500)],
    ['dates', '1/1/2000 '.repeat(560)],
    ['white space', ' \u00A0\t'.repeat(1_700)],
    ['a megabyte of zeros', '0 '.repeat(500_000)],
  ])('is fast: %s', (_, text) => {
    const startedAt = performance.now();
    splitPasted(text, 'FR');
    // A hundred times the usual time, far below that of a runaway expression.
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  const home = fc.constantFrom<Country>('FR', 'DE', 'US', 'IT');

  test('never throws, and the name is clean', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom('06', ' ', '12', '+', '33', '\n', 'Marie', ',', '@x.fr', '/', '\t'),
          {
            maxLength: 30,
          },
        )
        .map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, home, (pasted, country) => {
        const { phone, name } = splitPasted(pasted, country);
        expect(pasted).toContain(phone);
        expect(name).toBe(name.trim());
        expect(name).not.toMatch(/\s{2}|[\t\r\n]/);
        expect(name.length).toBeLessThanOrEqual(255);
      }),
      { numRuns: 500 },
    );
  });

  test('finds any fictional number in any spelling beside any plain name', () => {
    const word = fc.stringMatching(/^[A-Z][a-zéèêëïôùç]{1,11}$/);
    const name = fc
      .array(word, { minLength: 1, maxLength: 3 })
      // A single word may be a label before a colon, or a remark after a dash.
      .filter((words) => words.length > 1 && !words.some(isOtherWord))
      .filter((words) => !words.some(isTitle) && !words.some(isParticle))
      .map((words) => words.join(' '))
      .filter((words) => !isNameLabel(words));
    const number = fc
      .tuple(fc.integer({ min: 0, max: 99 }), fc.constantFrom(' ', '.', '-', '', '\u00A0'))
      .map(([last, gap]) => ['06', '39', '98', '00', String(last).padStart(2, '0')].join(gap));
    const separator = fc.constantFrom(' ', ', ', '; ', ' : ', '\t', '\n', ' | ', ' – ', ' / ');
    fc.assert(
      fc.property(name, number, separator, fc.boolean(), (who, phone, between, nameFirst) => {
        const text = nameFirst ? who + between + phone : phone + between + who;
        expect(splitPasted(text, 'FR')).toEqual({ phone, name: who });
      }),
      { numRuns: 500 },
    );
  });
});
