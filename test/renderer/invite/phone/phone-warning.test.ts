import { describe, expect, test } from 'vitest';
import { isConfirmed, phoneWarning } from '../../../../renderer/invite/phone/phone-warning.ts';
import { parsePhone } from '../../../../shared/phone/phone.ts';

describe('a doubtful number', () => {
  test.each([
    ['01 42 34 56 78', 'landline'],
    ['0800 123 456', 'special'],
    ['06 39 98 00 04', null],
    ['06', null],
  ])('%s: %s', (text, doubt) => {
    expect(phoneWarning(parsePhone(text, 'FR'))).toBe(doubt);
  });

  test('is confirmed by a second Enter that is no slip', () => {
    expect(isConfirmed(null, 5_000)).toBe(false);
    expect(isConfirmed(5_000, 5_200)).toBe(false);
    expect(isConfirmed(5_000, 5_600)).toBe(true);
  });
});
