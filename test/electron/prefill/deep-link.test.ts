import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDeepLink } from '../../../electron/prefill/deep-link.ts';
import { findDeepLinks } from '../../../electron/prefill/deep-link-args.ts';
import { prefillSchema } from '../../../shared/prefill.ts';
import { parsePhone } from '../../../shared/phone/phone.ts';

const customer = (phone: string, name = '') => ({ kind: 'customer', from: 'link', phone, name });
const REFUSED = { kind: 'refused' };

describe('a link passes on', () => {
  test.each([
    ['deskbell://invite?phone=0639980012', customer('0639980012')],
    ['deskbell://invite/?phone=0639980012', customer('0639980012')],
    ['DESKBELL://INVITE?phone=0639980012', customer('0639980012')],
    [
      'deskbell://invite?phone=%2B33639980012&name=Marie%20Dupont',
      customer('+33639980012', 'Marie Dupont'),
    ],
    // Written by hand, or by an HTML form.
    ['deskbell://invite?phone=+33639980012', customer('+33639980012')],
    [
      'deskbell://invite?phone=06+39+98+00+12&name=Marie+Dupont',
      customer('06 39 98 00 12', 'Marie Dupont'),
    ],
    ['deskbell://invite?name=Zo%C3%AB&phone=06.39.98.00.12', customer('06.39.98.00.12', 'Zoë')],
    [
      'deskbell://invite?phone=%2B33%20(0)6%2039%2098%2000%2012&name=',
      customer('+33 (0)6 39 98 00 12'),
    ],
    [
      'deskbell://invite?phone=0639980012&name=%3Cb%3EMarie%3C/b%3E',
      customer('0639980012', '<b>Marie</b>'),
    ],
  ])('%s', (link, expected) => {
    expect(parseDeepLink(link)).toEqual(expected);
  });
});

describe('[row 161] the plus of a number is never lost', () => {
  test.each([
    ['phone=(%2B33)%206%2039%2098%2000%2012', '(+33) 6 39 98 00 12'],
    ['phone=%28%2B33%29%206%2039%2098%2000%2012', '(+33) 6 39 98 00 12'],
    ['phone=(+33)+6+39+98+00+12', '(+33) 6 39 98 00 12'],
    ['phone=%20%2B33%206%2039%2098%2000%2012', '+33 6 39 98 00 12'],
    ['phone=%20%20+33639980012', '+33639980012'],
    ['phone=+%2B33639980012', '+33639980012'],
    ['phone=++33639980012', '+ 33639980012'],
    ['phone=%2B+33+6+39+98+00+12', '+ 33 6 39 98 00 12'],
    ['phone=%C2%A0%2B33639980012', '+33639980012'],
    ['phone=%28%20%2B33%20%296%2039%2098%2000%2012', '( +33 )6 39 98 00 12'],
    ['phone=+(33)639980012', '+(33)639980012'],
    ['phone=%2B33%20(0)%206%2039%2098%2000%2012', '+33 (0) 6 39 98 00 12'],
  ])('%s', (query, phone) => {
    expect(parseDeepLink(`deskbell://invite?${query}`)).toEqual(customer(phone));
    expect(parsePhone(phone, 'DE')).toMatchObject({ kind: 'complete', e164: '+33639980012' });
  });

  test('a plus inside a number refuses the link', () => {
    expect(parseDeepLink('deskbell://invite?phone=0639980012%2B33639980013')).toEqual(REFUSED);
    expect(parseDeepLink('deskbell://invite?phone=%2B%2B33639980013')).toEqual(REFUSED);
  });

  test('a plus in a name stays', () => {
    expect(parseDeepLink('deskbell://invite?phone=0639980012&name=A%2BB+C')).toEqual(
      customer('0639980012', 'A+B C'),
    );
  });
});

describe('a link is refused', () => {
  test.each([
    ['for another page', 'deskbell://settings?phone=0639980012'],
    ['for a subpage', 'deskbell://invite/now?phone=0639980012'],
    ['of another scheme', 'https://invite?phone=0639980012'],
    ['without slashes', 'deskbell:invite?phone=0639980012'],
    ['without a number', 'deskbell://invite?name=Marie'],
    ['with an empty number', 'deskbell://invite?phone='],
    ['with an invalid number', 'deskbell://invite?phone=javascript:alert(1)'],
    ['with a number without digits', 'deskbell://invite?phone=----'],
    ['with two numbers', 'deskbell://invite?phone=0639980012&phone=0639980013'],
    ['with an unknown parameter', 'deskbell://invite?phone=0639980012&send=1'],
    ['with a key of Object.prototype', 'deskbell://invite?phone=0639980012&__proto__=x'],
    ['with a fragment', 'deskbell://invite?phone=0639980012#now'],
    ['with a user', 'deskbell://me@invite?phone=0639980012'],
    ['with a port', 'deskbell://invite:80?phone=0639980012'],
    ['with a line break', 'deskbell://invite?phone=0639980012%0A'.replace('%0A', '\n')],
    ['with an encoded line break', 'deskbell://invite?phone=06%0A39980012'],
    ['with a null byte in the name', 'deskbell://invite?phone=0639980012&name=Ma%00rie'],
    ['with a direction mark in the name', 'deskbell://invite?phone=0639980012&name=%E2%80%AEeiraM'],
    ['with broken encoding', 'deskbell://invite?phone=0639980012&name=%FF'],
    ['with a long number', `deskbell://invite?phone=${'0'.repeat(41)}`],
    ['with a long name', `deskbell://invite?phone=0639980012&name=${'x'.repeat(101)}`],
    ['that is very long', `deskbell://invite?phone=0639980012&name=${'x'.repeat(100_000)}`],
    ['that is empty', ''],
  ])('%s', (_, link) => {
    expect(parseDeepLink(link)).toEqual(REFUSED);
  });

  test('or gives plain text of limited length, for any input', () => {
    const pieces = fc.constantFrom(
      'deskbell://invite',
      '?',
      '&',
      'phone=',
      'name=',
      '+',
      '%',
      '%00',
      '%0d%0a',
      '0639980012',
      '/',
      '#',
      '@',
      ' ',
      '\u202E',
      '\uD800',
      '__proto__=',
      '\n',
      '=',
      '"',
      '--inspect',
      'é',
    );
    const link = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 })
        .map((parts) => parts.join('')),
      fc
        .tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
        .map(
          ([phone, name]) =>
            `deskbell://invite?phone=${encodeURIComponent(phone)}&name=${encodeURIComponent(name)}`,
        ),
    );
    fc.assert(
      fc.property(link, (text) => {
        const prefill = prefillSchema.parse(parseDeepLink(text));
        if (prefill.kind === 'refused') return true;
        return (
          /^[( ]*\+?[\d ().\u00A0\u202F/-]{1,40}$/.test(prefill.phone) &&
          /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]{0,100}$/u.test(prefill.name)
        );
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('links in the start arguments', () => {
  test("are those with Deskbell's scheme, in any position", () => {
    expect(
      findDeepLinks([
        '/usr/bin/deskbell',
        '--hidden',
        'deskbell://invite?phone=1',
        '--',
        'DESKBELL:x',
        'deskbells:',
        'x deskbell:',
      ]),
    ).toEqual(['deskbell://invite?phone=1', 'DESKBELL:x']);
  });

  test('are not found in anything else', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (args) =>
        findDeepLinks(args).every((arg) => /^deskbell:/i.test(arg)),
      ),
    );
  });
});
