import { describe, expect, test } from 'vitest';
import {
  fillBeside,
  fillNumber,
  fillPasted,
  fillTyped,
  leavesDigitsOut,
} from '../../../renderer/invite/fill-form.ts';
import { formReducer, emptyForm, type Edit, type Form } from '../../../renderer/invite/form.ts';
import * as rules from '../../../shared/phone/phone.ts';

const known = { rules, country: 'FR' } as const;

const edited = (...edits: readonly Edit[]): Form => edits.reduce(formReducer, emptyForm('first'));

function pasted(form: Form, text: string): Form {
  return formReducer(form, fillPasted(form, rules.parsePastedText(text, 'FR'), known, 'next'));
}

function pastedNumber(form: Form, text: string): Form {
  const filled = fillNumber(form, text, known, 'next');
  return formReducer(form, filled ?? { kind: 'phone', text });
}

/** Key by key: each text is the field after one key. The first one replaces the whole content. */
function typedOver(form: Form, ...texts: readonly string[]): Form {
  return texts.reduce((before, text, at) => {
    const edit = { kind: 'phone', text, isOverAll: at === 0 } as const;
    return formReducer(before, fillTyped(before, edit, known, 'next') ?? edit);
  }, form);
}
function typedOn(form: Form, ...texts: readonly string[]): Form {
  return texts.reduce((before, text) => {
    const edit = { kind: 'phone', text } as const;
    return formReducer(before, fillTyped(before, edit, known, 'next') ?? edit);
  }, form);
}

const SOPHIE = pasted(edited(), 'Sophie Blanc 06 39 98 00 43');

describe('[row 190] a second customer', () => {
  test.each([
    ['Table 12 - 4 couverts - 20h30 - Dubois - 0639980044 - allergie noix', ''],
    ['Chambre 12, 06 39 98 00 44', ''],
    ['Luc Moreau 06 39 98 00 44', 'Luc Moreau'],
  ])('pasted as %j over the first one brings its own name or none: %j', (text, name) => {
    expect(SOPHIE).toMatchObject({ token: 'first', phone: '06 39 98 00 43', name: 'Sophie Blanc' });
    expect(pasted(SOPHIE, text)).toMatchObject({ token: 'next', phone: '06 39 98 00 44', name });
  });

  test('does not get the consent of the first one, nor a name typed for them', () => {
    const typed = edited(
      { kind: 'phone', text: '06 39 98 00 43' },
      { kind: 'name', text: 'Sophie' },
      { kind: 'consent', isGiven: true },
    );
    expect(pasted(typed, 'rdv 06 39 98 00 44')).toMatchObject({
      token: 'next',
      name: '',
      hasConsent: false,
    });
  });

  test('replaces a name that came with an incomplete number', () => {
    const cut = pasted(edited(), 'Sophie Blanc 06 39 98 00');
    expect(cut.name).toBe('Sophie Blanc');
    expect(pasted(cut, 'rdv 06 12 34 56 78').name).toBe('');
  });
});

describe('[row 190] the same customer', () => {
  test('keeps the name when the number is pasted again with other text', () => {
    const again = pasted(SOPHIE, 'tel: +33 6 39 98 00 43');
    expect(again).toMatchObject({ token: 'first', name: 'Sophie Blanc' });
  });

  test('keeps a typed name and the consent when the first number is pasted', () => {
    const typed = edited({ kind: 'name', text: 'Anna' }, { kind: 'consent', isGiven: true });
    expect(pasted(typed, 'Chambre 12, 06 39 98 00 44')).toMatchObject({
      token: 'first',
      name: 'Anna',
      hasConsent: true,
    });
  });

  test('starts a new form when its name replaces a typed one', () => {
    const typed = edited({ kind: 'name', text: 'Anna' });
    expect(pasted(typed, 'Luc Moreau 06 39 98 00 44')).toMatchObject({
      token: 'next',
      name: 'Luc Moreau',
    });
  });
});

describe('[row 190] a number on its own', () => {
  test('removes the name that came with the earlier number', () => {
    expect(pastedNumber(SOPHIE, '06 39 98 00 44')).toMatchObject({ token: 'next', name: '' });
  });

  test('keeps a typed name, also one typed over a pasted name', () => {
    const typed = formReducer(SOPHIE, { kind: 'name', text: 'Sophie White' });
    expect(pastedNumber(typed, '06 39 98 00 44')).toMatchObject({
      token: 'first',
      name: 'Sophie White',
    });
  });

  test.each(['+33 6 39 98 00 43', '06 39 98'])(
    'keeps the name with the same number, or an incomplete one: %s',
    (text) => {
      expect(pastedNumber(SOPHIE, text)).toMatchObject({ token: 'first', name: 'Sophie Blanc' });
    },
  );
});

describe('[row 208] another number typed over a pasted customer', () => {
  test('removes the name of the first one, once it is complete', () => {
    const begun = typedOver(SOPHIE, '0', '06', '06 39 98 00 4');
    expect(begun).toMatchObject({ token: 'first', name: 'Sophie Blanc' });
    expect(typedOn(begun, '06 39 98 00 44')).toMatchObject({
      token: 'next',
      phone: '06 39 98 00 44',
      name: '',
      isNamePasted: false,
      former: null,
    });
  });

  test('does so in one step too, and after everything was deleted', () => {
    expect(typedOver(SOPHIE, '06 39 98 00 44')).toMatchObject({ token: 'next', name: '' });
    const deleted = typedOn(SOPHIE, '06 39 98 00 4', '06', '', '0');
    expect(typedOn(deleted, '06 39 98 00 44')).toMatchObject({ token: 'next', name: '' });
  });

  test('does so when the rest is pasted', () => {
    const begun = typedOver(SOPHIE, '0');
    expect(pastedNumber(begun, '06 39 98 00 44')).toMatchObject({ token: 'next', name: '' });
    expect(pasted(typedOn(SOPHIE, ''), 'Chambre 12, 06 39 98 00 44')).toMatchObject({ name: '' });
  });

  test('removes the consent of the first one', () => {
    const agreed = formReducer(SOPHIE, { kind: 'consent', isGiven: true });
    expect(typedOver(agreed, '06 39 98 00 44')).toMatchObject({ hasConsent: false });
  });

  test('keeps the name when one digit is corrected, or the same number is typed again', () => {
    const corrected = typedOn(SOPHIE, '06 39 98 00 4', '06 39 98 00 44');
    expect(corrected).toMatchObject({ token: 'first', name: 'Sophie Blanc' });
    const again = typedOver(SOPHIE, '0', '06 39 98 00 4', '06 39 98 00 43');
    expect(again).toMatchObject({ token: 'first', name: 'Sophie Blanc', former: null });
    expect(typedOn(again, '06 39 98 00 4', '06 39 98 00 45').name).toBe('Sophie Blanc');
  });

  test('keeps a name typed before or after', () => {
    const anna = formReducer(SOPHIE, { kind: 'name', text: 'Anna' });
    expect(typedOver(anna, '06 39 98 00 44')).toMatchObject({ token: 'first', name: 'Anna' });
    const begun = formReducer(typedOver(SOPHIE, '06'), { kind: 'name', text: 'Anna' });
    expect(typedOn(begun, '06 39 98 00 44')).toMatchObject({ token: 'first', name: 'Anna' });
  });
});

test('[row 190] a paste that is read late never replaces a typed name silently', () => {
  const typed = edited(
    { kind: 'phone', text: 'Luc Moreau 0639980044' },
    { kind: 'name', text: 'A' },
  );
  const read = formReducer(typed, {
    kind: 'phone-reread',
    read: (form) => fillPasted(form, rules.parsePastedText(form.phone, 'FR'), known, 'next'),
  });
  expect(read).toBe(typed);
});

describe('[row 238] a number pasted into a filled field', () => {
  const beside = (form: Form, text: string, before: string, after = '') =>
    fillBeside(form, text, { before, after }, known);

  test.each([
    ['06 39 98 00 43', '', '06 39 98 00 44'],
    ['', '06 39 98 00 43', '+33 6 39 98 00 44'],
    ['06 39 98 ', '00 43', '0639980044'],
  ])('replaces the content, and the number of %j and %j is offered', (before, after, text) => {
    expect(beside(edited(), text, before, after)).toEqual({
      phone: text,
      name: '',
      others: [{ phone: '06 39 98 00 43', name: '' }],
      isNameLeftOut: false,
      namesLeftOut: [],
    });
  });

  test('is offered with the name of the first number', () => {
    expect(beside(SOPHIE, '06 39 98 00 44', '06 39 98 00 43')?.others).toEqual([
      { phone: '06 39 98 00 43', name: 'Sophie Blanc' },
    ]);
  });

  test.each([
    ['06 39 98 00 43', '06 39 98 00 43'],
    ['06 39', '06 39 98 00 44'],
  ])('replaces the content where there is no choice: %j and %j', (before, text) => {
    expect(beside(edited(), text, before)).toMatchObject({ phone: text, others: [] });
  });

  test.each([
    ['', '06 39 98 00 44'],
    ['+33 ', '639980044'],
    ['06 39 98', ' 00 44'],
    ['06 39 98 00 43', '44'],
  ])('is inserted where it is pasted: %j and %j', (before, text) => {
    expect(beside(edited(), text, before)).toBeNull();
  });
});

describe('[row 246] a pasted text without a phone number', () => {
  test.each([
    ['Booking 4423918832 DUPONT/MARIE MRS', true],
    ['Chambre 12 Marie Dupont', true],
    ['DUPONT/MARIE MRS', false],
    ['Marie Dupont, chambre 12, 06 39 98 00 44', false],
    ['Marie Dupont O6 39 98 OO 44', false],
  ])('%j reports digits left out: %s', (text, isLeft) => {
    expect(leavesDigitsOut(text, rules.parsePastedText(text, 'FR'))).toBe(isLeft);
  });
});
