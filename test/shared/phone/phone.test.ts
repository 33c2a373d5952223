import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { type Country, type E164, e164Schema } from '../../../shared/phone/e164.ts';
import { maskPhone, parsePhone, formatPhone } from '../../../shared/phone/phone.ts';

const e164 = (text: string): E164 => e164Schema.parse(text);

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** What people type: mostly digits with separators. */
const typedText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.stringMatching(/^\d{1,4}$/) },
      {
        weight: 3,
        arbitrary: fc.constantFrom('+', '00', '0', '+33', '+262', '+49', '+1', '(0)', '06', '0692'),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ' ',
          '.',
          '-',
          '/',
          '\u00A0',
          '\u202F',
          '\t',
          '\u200E',
          '(',
          ')',
        ),
      },
      { weight: 1, arbitrary: fc.constantFrom('tel:', 'a', '٣', '６', ';', '#') },
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));
const anyText = fc.oneof(
  typedText,
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const country = fc.constantFrom<Country>(
  'FR',
  'RE',
  'GP',
  'ES',
  'IT',
  'DE',
  'GB',
  'PT',
  'US',
  'AR',
);

describe('e164Schema', () => {
  test.each(['+33639980000', '+2627001', '+123456789012345'])('takes %s', (text) => {
    expect(e164Schema.parse(text)).toBe(text);
  });

  test.each(['33639980000', '+0639980000', '+336 39980000', '+1234567890123456', '+12345', '', 33])(
    'refuses %j',
    (value) => {
      expect(e164Schema.safeParse(value).success).toBe(false);
    },
  );
});

describe('[rows 79, 80] parsePhone', () => {
  test.each([
    ['national, spaced', '06 39 98 00 04'],
    ['national, joined', '0639980004'],
    ['dots', '06.39.98.00.04'],
    ['dashes', '06-39-98-00-04'],
    ['typographic dashes', '06–39—98‑00−04'],
    ['slashes', '06/39/98/00/04'],
    ['no-break spaces', '06\u00A039\u00A098\u00A000\u00A004'],
    ['narrow no-break spaces', '06\u202F39\u202F98\u202F00\u202F04'],
    ['tabs', '\t06\t39\t98\t00\t04\t'],
    ['line break after', '06 39 98 00 04\r\n'],
    ['without its 0', '639980004'],
    ['international', '+33 6 39 98 00 04'],
    ['international, joined', '+33639980004'],
    ['international, (0)', '+33 (0)6 39 98 00 04'],
    ['international, stray 0', '+33 06 39 98 00 04'],
    ['international, bracketed', '(+33) 6 39 98 00 04'],
    ['exit code', '0033639980004'],
    ['exit code, spaced, (0)', '00 33 (0) 6 39 98 00 04'],
    ['country code without +', '33639980004'],
    ['tel: link', 'tel:+33-6-39-98-00-04'],
    ['tel: link with parameters', 'TEL:+33639980004;ext=12'],
    ['sms: link', 'sms:+33639980004?body=Hello 42'],
    ['Arabic-Indic digits', '٠٦٣٩٩٨٠٠٠٤'],
    ['extended Arabic-Indic digits', '۰۶۳۹۹۸۰۰۰۴'],
    ['full-width digits', '０６　３９　９８　００　０４'],
    ['full-width +', '＋３３（０）６３９９８０００４'],
    ['left-to-right marks', '\u202A\u200E06 39 98 00 04\u200F\u202C'],
    ['isolates and zero width', '\u206606\u200B39\u200D98\uFEFF0004\u2069'],
  ])('reads one number in every spelling: %s', (_, text) => {
    expect(parsePhone(text, 'FR')).toMatchObject({
      kind: 'complete',
      e164: '+33639980004',
      country: 'FR',
      line: 'mobile',
    });
  });

  test.each([
    // Metropolitan
    ['FR', '06 12 34 56 78', '+33612345678', 'mobile'],
    ['FR', '07 01 02 03 04', '+33701020304', 'mobile'],
    ['FR', '01 23 45 67 89', '+33123456789', 'landline'],
    ['FR', '04 00 00 00 00', '+33400000000', 'landline'],
    ['FR', '09 76 12 34 56', '+33976123456', 'landline'],
    ['FR', '0 800 12 34 56', '+33800123456', 'special'],
    ['FR', '08 92 12 34 56', '+33892123456', 'special'],
    // Abroad
    ['FR', '+262 692 12 34 56', '+262692123456', 'mobile'],
    ['FR', '0041 79 123 45 67', '+41791234567', 'mobile'],
    ['FR', '+44 20 7946 0018', '+442079460018', 'landline'],
    ['FR', '+39 06 1234 5678', '+390612345678', 'landline'],
    ['FR', '+39 (0)6 1234 5678', '+390612345678', 'landline'],
    ['FR', '+1 202 555 0123', '+12025550123', 'either'],
    ['FR', '+800 1234 5678', '+80012345678', 'special'],
    // Desks in other countries
    ['ES', '612 34 56 78', '+34612345678', 'mobile'],
    ['ES', '912 34 56 78', '+34912345678', 'landline'],
    ['IT', '333 123 4567', '+393331234567', 'mobile'],
    ['DE', '0171 2345678', '+491712345678', 'mobile'],
    ['DE', '030 123456', '+4930123456', 'landline'],
    ['PT', '912 345 678', '+351912345678', 'mobile'],
    ['GB', '07400 123456', '+447400123456', 'mobile'],
    ['GB', '070 1234 5678', '+447012345678', 'special'],
    ['US', '(202) 555-0123', '+12025550123', 'either'],
    ['US', '011 33 6 39 98 00 04', '+33639980004', 'mobile'],
  ] as const)('detects the line type: in %s, %s is %s (%s)', (home, text, number, line) => {
    expect(parsePhone(text, home)).toMatchObject({ kind: 'complete', e164: number, line });
  });

  test.each([
    // Ofcom reserves these for films; libphonenumber does not list them.
    ['GB', '07700 900123', '+447700900123'],
    ['US', '(555) 123-4567', '+15551234567'],
  ] as const)('does not refuse an unknown range: in %s, %s', (home, text, number) => {
    expect(parsePhone(text, home)).toMatchObject({
      kind: 'complete',
      e164: number,
      line: 'either',
    });
  });

  test.each([
    ['', 'FR'],
    ['  \t\u00A0\u200E', 'FR'],
    ['()-', 'FR'],
  ] as const)('is empty: %j', (text, home) => {
    expect(parsePhone(text, home)).toEqual({ kind: 'empty' });
  });

  test.each([
    ['0', 'FR', '0'],
    ['06', 'FR', '06'],
    ['061234567', 'FR', '06 12 34 56 7'],
    ['06.12.34.5', 'FR', '06 12 34 5'],
    ['3639', 'FR', '3639'],
    ['+', 'FR', '+'],
    ['+3', 'FR', '+3'],
    ['+33 6 12', 'FR', '+33 6 12'],
    ['+99', 'FR', '+99'],
    ['00', 'FR', '00'],
    ['0033', 'FR', '00 33'],
    ['3361234567', 'FR', '33 6 12 34 56 7'],
    ['017123', 'DE', '0171 23'],
    ['20255501', 'US', '(202) 555-01'],
  ] as const)('is incomplete: %s in %s', (text, home, shown) => {
    expect(parsePhone(text, home)).toEqual({ kind: 'incomplete', shown });
  });

  test.each([
    ['06 12 34 56 78 9', 'FR', 'too-long'],
    ['06 12 34 56 78 06 98 76 54 32', 'FR', 'too-long'],
    ['+4915112345678901', 'DE', 'too-long'],
    ['4970 1012 3456 7890', 'FR', 'too-long'],
    ['9'.repeat(5_000), 'FR', 'too-long'],
    ['00 00 00 00 00', 'FR', 'unknown-range'],
    ['012 345 6789', 'US', 'unknown-range'],
    ['+999 1234', 'FR', 'unknown-country'],
    ['+999', 'FR', 'unknown-country'],
    ['00 999 1', 'FR', 'unknown-country'],
    ['Marie', 'FR', 'not-a-number'],
    ['06 12 34 56 7O', 'FR', 'not-a-number'],
    ['06 12 34 56 78 ext 9', 'FR', 'not-a-number'],
    ['#31#0612345678', 'FR', 'not-a-number'],
    ['++33612345678', 'FR', 'not-a-number'],
    ['06+12345678', 'FR', 'not-a-number'],
    ['06 12 34 56 78 😀', 'FR', 'not-a-number'],
    ['<script>0612345678</script>', 'FR', 'not-a-number'],
  ] as const)('is impossible: %s in %s (%s)', (text, home, why) => {
    expect(parsePhone(text, home)).toMatchObject({ kind: 'impossible', why });
  });

  test('goes from empty to incomplete to complete while a number is typed', () => {
    const kinds = Array.from(
      '06 39 98 00 04',
      (_, i) => parsePhone('06 39 98 00 04'.slice(0, i), 'FR').kind,
    );
    expect(kinds).toEqual(['empty', ...Array<string>(13).fill('incomplete')]);
  });

  test('keeps a text without a number as it was typed', () => {
    expect(parsePhone(' Marie  06', 'FR')).toMatchObject({ shown: ' Marie  06' });
  });

  test('is never wrong about the length of a well-known number, in any country', () => {
    for (const home of getCountries()) {
      const example = getExampleNumber(home, examples);
      if (example === undefined) throw new Error(`no example for ${home}`);
      const complete = { kind: 'complete', e164: example.number };
      expect(parsePhone(example.number, 'FR'), home).toMatchObject(complete);
      expect(parsePhone(example.formatInternational(), 'US'), home).toMatchObject(complete);
      expect(parsePhone(example.formatNational(), home), home).toMatchObject(complete);
      expect(parsePhone(formatPhone(e164(example.number), home), home), home).toMatchObject(
        complete,
      );
      expect(parsePhone(formatPhone(e164(example.number), 'FR'), 'FR'), home).toMatchObject(
        complete,
      );
    }
  });

  test('never throws', () => {
    fc.assert(
      fc.property(anyText, country, (text, home) => {
        expect(['empty', 'incomplete', 'impossible', 'complete']).toContain(
          parsePhone(text, home).kind,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('reads its own display of a number as the same number, and shows it the same', () => {
    fc.assert(
      fc.property(anyText, country, (text, home) => {
        const first = parsePhone(text, home);
        if (first.kind === 'empty') return;
        expect(parsePhone(first.shown, home)).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });

  test('reads a complete number as itself', () => {
    fc.assert(
      fc.property(typedText, country, country, (text, home, other) => {
        const first = parsePhone(text, home);
        if (first.kind !== 'complete') return;
        expect(parsePhone(first.e164, other)).toMatchObject({ kind: 'complete', e164: first.e164 });
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['+111000000000', 'FR'],
    ['111086072112', 'US'],
    ['0069211951692', 'GP'],
  ] as const)('does not read %s as a number of fewer digits', (text, home) => {
    // libphonenumber drops a 1 that it reads as a trunk prefix after the country code.
    expect(parsePhone(text, home)).toMatchObject({ kind: 'impossible', why: 'unknown-range' });
  });

  test('adds no digit to a French number except its country code', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:\+33|0033|33|0|)[\d .]{6,16}$/), (text) => {
        const reading = parsePhone(text, 'FR');
        if (reading.kind === 'empty') return;
        // The decimal zeros of a spreadsheet are no part of the number.
        const dialled = text.trim().replace(/^(\+?\d{6,})\.0{1,2}$/, '$1');
        if (reading.shown !== text) expect(digitsOf(reading.shown)).toBe(digitsOf(dialled));
        if (reading.kind !== 'complete') return;
        const national = /^\+(?:33|262|590|594|596)(\d{9})$/.exec(reading.e164)?.[1];
        if (national !== undefined) expect(digitsOf(dialled).endsWith(national)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('shows every fictional number as people type it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), (last) => {
        const tail = String(last).padStart(2, '0');
        expect(parsePhone(`063998 00${tail}`, 'FR')).toEqual({
          kind: 'complete',
          e164: `+336399800${tail}`,
          shown: `06 39 98 00 ${tail}`,
          country: 'FR',
          line: 'mobile',
        });
      }),
    );
  });
});

describe('formatPhone', () => {
  test.each([
    ['+33639980004', 'FR', '06 39 98 00 04'],
    ['+33639980004', 'ES', '+33 6 39 98 00 04'],
    ['+262692123456', 'FR', '+262 692 12 34 56'],
    ['+262692123456', 'RE', '0692 12 34 56'],
    ['+12025550123', 'US', '(202) 555-0123'],
    ['+390612345678', 'IT', '06 1234 5678'],
  ] as const)('%s in %s is %s', (phone, home, shown) => {
    expect(formatPhone(e164(phone), home)).toBe(shown);
  });

  test('shows a number outside every range', () => {
    expect(formatPhone(e164('+9991234567'), 'FR')).toBe('+9991234567');
  });
});

describe('maskPhone', () => {
  test.each([
    ['+33639980004', '+33 • •• •• •• 04'],
    ['+262692123456', '+262 ••• •• •• 56'],
    ['+12025550123', '+1 ••• ••• ••23'],
    ['+80012345678', '+800 •••• ••78'],
    ['+9991234567', '+••••••••67'],
  ])('%s is %s', (phone, masked) => {
    expect(maskPhone(e164(phone))).toBe(masked);
  });

  test('leaves the country code and two digits of any number, no more', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (phone) => {
        const masked = maskPhone(e164(phone));
        expect(digitsOf(masked).endsWith(phone.slice(-2))).toBe(true);
        expect(digitsOf(masked).length).toBeLessThanOrEqual(3 + 2);
      }),
    );
  });
});
