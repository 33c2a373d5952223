import { describe, expect, test } from 'vitest';
import type { Country } from '../../../shared/phone/e164.ts';
import { parsePastedText, parsePhone } from '../../../shared/phone/phone.ts';

describe('[row 246] the letter O between the digits of a pasted text', () => {
  test.each<[Country, string, string, string]>([
    ['FR', 'O6 39 98 OO 19', '+33639980019', ''],
    ['FR', '06 39 98 oo 19', '+33639980019', ''],
    ['FR', 'O639980O19', '+33639980019', ''],
    ['FR', '+33 6 39 98 OO 19', '+33639980019', ''],
    ['FR', 'Marie Dupont O6 39 98 OO 19', '+33639980019', 'Marie Dupont'],
    ['FR', 'Marie Dupont\tO6.39.98.OO.19', '+33639980019', 'Marie Dupont'],
  ])('is a zero where that makes a complete number: %s %j', (home, text, e164, name) => {
    const pasted = parsePastedText(text, home);
    expect(parsePhone(pasted.phone, home)).toMatchObject({ kind: 'complete', e164 });
    expect(pasted).toMatchObject({ name, isNameLeftOut: false, namesLeftOut: [] });
  });

  test.each<[Country, string]>([
    ['FR', 'O6 39 98 OO'],
    ['FR', '06 39 98 OO 19 5'],
    ['FR', 'OO 19'],
  ])('stays as it is elsewhere: %s %j', (home, text) => {
    expect(parsePastedText(text, home)).toMatchObject({ phone: text, name: '' });
  });

  test.each<[Country, string, string, string]>([
    ['FR', 'Oo 06 39 98 00 19', '+33639980019', 'Oo'],
    ['FR', 'Marie Oo 06 39 98 00 19', '+33639980019', 'Marie Oo'],
    ['DE', '0171 1234567 Oo', '+491711234567', 'Oo'],
    ['FR', "O'Connor 06 39 98 00 19", '+33639980019', "O'Connor"],
  ])('is a letter beside a complete number: %s %j', (home, text, e164, name) => {
    const pasted = parsePastedText(text, home);
    expect(parsePhone(pasted.phone, home)).toMatchObject({ kind: 'complete', e164 });
    expect(pasted.name).toBe(name);
  });

  test('is no name between digits without a number', () => {
    expect(parsePastedText('dossier A12 39 OO 19', 'FR').name).toBe('');
  });
});
