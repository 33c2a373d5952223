import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { withOverseasCode } from '../../../shared/phone/french-numbers.ts';
import { parsePhone } from '../../../shared/phone/phone.ts';

describe('French numbers', () => {
  test.each([
    // Mobiles
    ['0692 12 34 56', '+262692123456', 'mobile'],
    ['0693 12 34 56', '+262693123456', 'mobile'],
    ['0639 02 34 56', '+262639023456', 'mobile'],
    ['0639 69 34 56', '+262639693456', 'mobile'],
    ['0639 97 99 99', '+262639979999', 'mobile'],
    ['0639 99 00 00', '+262639990000', 'mobile'],
    ['0690 12 34 56', '+590690123456', 'mobile'],
    ['0691 23 45 67', '+590691234567', 'mobile'],
    ['0694 12 34 56', '+594694123456', 'mobile'],
    ['0696 12 34 56', '+596696123456', 'mobile'],
    ['0697 12 34 56', '+596697123456', 'mobile'],
    ['07 09 00 12 34', '+590709001234', 'mobile'],
    ['07 09 10 12 34', '+596709101234', 'mobile'],
    ['07 09 20 12 34', '+262709201234', 'mobile'],
    ['07 09 30 12 34', '+594709301234', 'mobile'],
    ['07 09 35 12 34', '+262709351234', 'mobile'],
    // Landlines
    ['0262 12 34 56', '+262262123456', 'landline'],
    ['0263 12 34 56', '+262263123456', 'landline'],
    ['0269 61 23 45', '+262269612345', 'landline'],
    ['0590 12 34 56', '+590590123456', 'landline'],
    ['0594 12 34 56', '+594594123456', 'landline'],
    ['0596 12 34 56', '+596596123456', 'landline'],
    // Metropolitan neighbours
    ['06 39 98 00 00', '+33639980000', 'mobile'],
    ['06 39 98 99 99', '+33639989999', 'mobile'],
    ['06 38 12 34 56', '+33638123456', 'mobile'],
    ['06 95 12 34 56', '+33695123456', 'mobile'],
    ['06 98 12 34 56', '+33698123456', 'mobile'],
    ['06 99 12 34 56', '+33699123456', 'mobile'],
    ['07 10 12 34 56', '+33710123456', 'mobile'],
    ['02 61 91 00 00', '+33261910000', 'landline'],
    ['05 36 49 00 00', '+33536490000', 'landline'],
    ['05 95 12 34 56', '+33595123456', 'landline'],
  ])('%s is %s (%s), typed in any French territory, with 0033 or +33', (text, e164, line) => {
    const complete = { kind: 'complete', e164, line };
    expect(parsePhone(text, 'FR')).toMatchObject(complete);
    expect(parsePhone(text, 'RE')).toMatchObject(complete);
    expect(parsePhone(text, 'MF')).toMatchObject(complete);
    expect(parsePhone(`0033${text.slice(1)}`, 'FR')).toMatchObject(complete);
    expect(parsePhone(`+33 (0)${text.slice(1)}`, 'DE')).toMatchObject(complete);
  });

  test('is unchanged elsewhere: a German 0692 is Frankfurt', () => {
    expect(parsePhone('069 2123456', 'DE')).toMatchObject({ e164: '+49692123456' });
  });

  test('the overseas blocks include all that libphonenumber knows, and nothing metropolitan', () => {
    const overseas = ['262', '590', '594', '596'];
    const reaches = (e164: string) => {
      const number = parsePhoneNumberFromString(e164);
      const type = number?.getType();
      return type === 'MOBILE' || type === 'FIXED_LINE';
    };
    // 2, 5, 6 and 7: all territories share the numbers in 8 and 9 (free numbers, boxes).
    const blocks = ['26', '59', '63', '69', '70'].flatMap((start) =>
      Array.from({ length: 1_000 }, (_, i) => start + String(i).padStart(3, '0')),
    );
    for (const block of blocks) {
      const national = `${block}1234`;
      const known = overseas.filter((code) => reaches(`+${code}${national}`));
      if (known.length > 0) {
        expect(withOverseasCode(`+33${national}`)).toBe(`+${known.join()}${national}`);
      }
      const isMetropolitanMobile =
        /^[67]/.test(national) && parsePhoneNumberFromString(`+33${national}`)?.isValid() === true;
      if (isMetropolitanMobile) expect(withOverseasCode(`+33${national}`)).toBe(`+33${national}`);
    }
  });

  test('changes only complete metropolitan numbers', () => {
    for (const text of [
      '+3369212345',
      '+336921234567',
      '+262692123456',
      '+34692123456',
      '0692123456',
      '',
    ]) {
      expect(withOverseasCode(text)).toBe(text);
    }
  });
});
