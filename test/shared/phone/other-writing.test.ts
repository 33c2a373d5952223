import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { otherWriting, parsePhone } from '../../../shared/phone/phone.ts';

describe('[row 191] a number that could be misread', () => {
  test.each([
    ['FR', '639980004', '+33 6 39 98 00 04', '06 39 98 00 04'],
    ['FR', '+33 (0)6 39 98 00 04', '+33 6 39 98 00 04', '06 39 98 00 04'],
    ['FR', '+33 06 39 98 00 04', '+33 6 39 98 00 04', '06 39 98 00 04'],
    ['FR', '0033 6 39 98 00 04', '+33 6 39 98 00 04', '06 39 98 00 04'],
    ['FR', 'tel:0033639980004', '+33 6 39 98 00 04', '06 39 98 00 04'],
    ['FR', 'tel:+33-6-39-98-00-04', '+33 6 39 98 00 04', '06 39 98 00 04'],
    ['FR', '33639980004', '+33 6 39 98 00 04', '06 39 98 00 04'],
    ['FR', '0692 12 34 56', '+262 692 12 34 56', '+262 692 12 34 56'],
    ['FR', '0041 79 123 45 67', '+41 79 123 45 67', '+41 79 123 45 67'],
    ['DE', '491711234567', '+49 171 1234567', '0171 1234567'],
    ['DE', '171 1234567', '+49 171 1234567', '0171 1234567'],
    ['US', '011 33 6 39 98 00 04', '+33 6 39 98 00 04', '+33 6 39 98 00 04'],
    ['MX', '521 55 1234 5678', '+52 55 1234 5678', '55 1234 5678'],
    ['IT', '+39 (0)333 123 4567', '+39 333 123 4567', '333 123 4567'],
  ] as const)('in %s, the reading of %s is shown as %s', (country, text, international, tidy) => {
    expect(otherWriting(text, country)).toEqual({ international, tidy });
  });

  test.each([
    ['FR', '06 39 98 00 04'],
    ['FR', '06.39.98.00.04'],
    ['FR', '+33 6 39 98 00 04'],
    ['FR', '+262 692 12 34 56'],
    ['FR', '+41 79 123 45 67'],
    ['FR', '０６　３９　９８　００　０４'],
    ['FR', '+800 1234 5678'],
    ['ES', '612 34 56 78'],
    ['IT', '333 123 4567'],
    ['IT', '06 1234 5678'],
    ['US', '(202) 555-0123'],
    ['AR', '011 15-2345-6789'],
    ['DE', '0171 2345678'],
    ['RE', '0692 12 34 56'],
  ] as const)('in %s, %s needs no reading', (country, text) => {
    expect(parsePhone(text, country).kind).toBe('complete');
    expect(otherWriting(text, country)).toBeNull();
  });

  test.each(['', '06 39 98', '0033', '+33 (0)6 39', '06399800041234', 'Marie', '12.03.2026'])(
    '%j is no complete number, so nothing is shown',
    (text) => {
      expect(otherWriting(text, 'FR')).toBeNull();
    },
  );

  test('the formatted spelling is the same number, and needs no reading', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'0123456789+() '.split('')), { maxLength: 18 }),
        fc.constantFrom('FR', 'DE', 'IT', 'ES', 'PT', 'GB', 'US', 'MX', 'AR', 'RE'),
        (characters, country) => {
          const text = characters.join('');
          const other = otherWriting(text, country);
          if (other === null) return;
          const { kind, e164 } = readComplete(text, country);
          expect(kind).toBe('complete');
          expect(readComplete(other.tidy, country).e164).toBe(e164);
          expect(readComplete(other.international, country).e164).toBe(e164);
          expect(otherWriting(other.tidy, country)).toBeNull();
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

function readComplete(text: string, country: Parameters<typeof parsePhone>[1]) {
  const reading = parsePhone(text, country);
  return { kind: reading.kind, e164: reading.kind === 'complete' ? reading.e164 : null };
}
