import { describe, expect, test } from 'vitest';
import { parsePastedText } from '../../../shared/phone/phone.ts';

describe('[row 238] two numbers in one text', () => {
  test.each([
    ['06399800120639980013', '0639980012', '0639980013'],
    ['0639980012+33639980013', '0639980012', '+33639980013'],
    ['+33639980012+33639980013', '+33639980012', '+33639980013'],
    ['00336399800120639980013', '0033639980012', '0639980013'],
    ['0639980012 0639980013', '0639980012', '0639980013'],
    ['06.39.98.00.12-06.39.98.00.13', '06.39.98.00.12', '06.39.98.00.13'],
  ])('are two, also with no separator: %s', (text, phone, other) => {
    expect(parsePastedText(text, 'FR')).toMatchObject({ phone, others: [{ phone: other }] });
  });

  test.each(['063998001206399800', '06399800120639980013063', '06399800120'])(
    'are not read from too many digits: %s',
    (text) => expect(parsePastedText(text, 'FR')).toMatchObject({ phone: text, others: [] }),
  );
});
