import { describe, expect, test } from 'vitest';
import { parsePastedText } from '../../../shared/paste/pasted-text.ts';
import { readPastedName } from '../../../shared/paste/pasted-name.ts';

describe('[row 256] a text pasted into the name field', () => {
  test.each([
    ['Marie Dupont Room 12', 'Marie Dupont'],
    ['Zimmer 12 Müller', 'Müller'],
    ['M. & Mme Dupont', 'Mme Dupont'],
    ['Dupont & fils', 'Dupont'],
    ['Name: Marie Dupont', 'Marie Dupont'],
    ['Marie Dupont 24/12/2026', 'Marie Dupont'],
  ])('loses what is no name, and says so: %s', (text, name) => {
    expect(readPastedName(text, 'FR')).toMatchObject({ name, isNameLeftOut: true });
  });

  test.each([
    ['Marie Dupont & Jean Martin', ['Marie Dupont', 'Jean Martin']],
    ['Chambre 214 - Dupont', []],
  ])('gives no name when it is ambiguous, and shows its content: %s', (text, names) => {
    expect(readPastedName(text, 'FR')).toMatchObject({
      name: '',
      isNameLeftOut: true,
      namesLeftOut: names,
    });
  });

  test.each(['Marie', 'marie dupont', 'DUPONT Marie', 'Dupont, Marie', "O'Brien", '李', ' Li '])(
    'is the name unchanged: %s',
    (text) => {
      expect(readPastedName(text, 'FR')).toBeNull();
    },
  );

  test('is no name when it contains a number', () => {
    expect(readPastedName('Marie 06 39 98 00 12', 'FR')).toBeNull();
  });
});

test.each(['Dupont & fils 06 39 98 00 12', 'Marie Dupont 06 39 98 00 12 & Jean'])(
  '[row 256] a second person after "&" is reported as left out: %s',
  (text) => {
    expect(parsePastedText(text, 'FR').isNameLeftOut).toBe(true);
  },
);

describe('[row 261] two labels of a pasted text', () => {
  test.each([
    'Nom: Dupont / Contact: Paul Martin 06 39 98 00 12',
    'Nom : Dupont\nContact : Paul Martin\nTél 06 39 98 00 12',
  ])('give no name when they name two people: %s', (text) => {
    expect(parsePastedText(text, 'FR')).toMatchObject({
      phone: '06 39 98 00 12',
      name: '',
      isNameLeftOut: true,
      namesLeftOut: ['Dupont', 'Paul Martin'],
    });
  });

  test.each([
    ['Nom: Dupont Prénom: Marie 06 39 98 00 12', 'Dupont Marie'],
    ['Client: Marie Dupont / Nom: Dupont 06 39 98 00 12', 'Marie Dupont'],
    ['Nom : Durand\nContact : Durand Paul\n06 39 98 00 12', 'Durand Paul'],
    ['Nom: Dupont / Client: Marie 06 39 98 00 12', 'Dupont Marie'],
    ['Nombre: Ana María Apellidos: López García 06 39 98 00 12', 'Ana María López García'],
  ])('give a name when they name one person: %s', (text, name) => {
    expect(parsePastedText(text, 'FR')).toMatchObject({ name, namesLeftOut: [] });
  });
});
