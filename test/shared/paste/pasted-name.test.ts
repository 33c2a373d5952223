import { describe, expect, test } from 'vitest';
import { parsePastedText } from '../../../shared/paste/pasted-text.ts';
import { readPastedName } from '../../../shared/paste/pasted-name.ts';

describe('[row 256] a text that is pasted into the field of the name', () => {
  test.each([
    ['Marie Dupont Room 12', 'Marie Dupont'],
    ['Zimmer 12 Müller', 'Müller'],
    ['M. & Mme Dupont', 'Mme Dupont'],
    ['Dupont & fils', 'Dupont'],
    ['Name: Marie Dupont', 'Marie Dupont'],
    ['Marie Dupont 24/12/2026', 'Marie Dupont'],
  ])('leaves out what is no name, and says so: %s', (text, name) => {
    expect(readPastedName(text, 'FR')).toMatchObject({ name, isNameLeftOut: true });
  });

  test.each([
    ['Marie Dupont & Jean Martin', ['Marie Dupont', 'Jean Martin']],
    ['Chambre 214 - Dupont', []],
  ])('takes nothing where it is in doubt, and says what there was: %s', (text, names) => {
    expect(readPastedName(text, 'FR')).toMatchObject({
      name: '',
      isNameLeftOut: true,
      namesLeftOut: names,
    });
  });

  test.each(['Marie', 'marie dupont', 'DUPONT Marie', 'Dupont, Marie', "O'Brien", '李', ' Li '])(
    'is the name as it stands: %s',
    (text) => {
      expect(readPastedName(text, 'FR')).toBeNull();
    },
  );

  test('is no name where a number is in it', () => {
    expect(readPastedName('Marie 06 39 98 00 12', 'FR')).toBeNull();
  });
});

test.each(['Dupont & fils 06 39 98 00 12', 'Marie Dupont 06 39 98 00 12 & Jean'])(
  '[row 256] a second person behind "&" is said to be left out: %s',
  (text) => {
    expect(parsePastedText(text, 'FR').isNameLeftOut).toBe(true);
  },
);

describe('[row 261] two labels of a pasted text', () => {
  test.each([
    'Nom: Dupont / Contact: Paul Martin 06 39 98 00 12',
    'Nom : Dupont\nContact : Paul Martin\nTél 06 39 98 00 12',
  ])('name two people, and neither is taken: %s', (text) => {
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
  ])('name one person: %s', (text, name) => {
    expect(parsePastedText(text, 'FR')).toMatchObject({ name, namesLeftOut: [] });
  });
});
