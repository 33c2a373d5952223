import { describe, expect, test } from 'vitest';
import { partooText, refusalText } from '../../../renderer/invitations/refusal-text.ts';
import { NOON, TRANSLATIONS } from '../samples.ts';

const refused = (text: string, why: 'invalid' | 'unclear' = 'invalid') =>
  refusalText(TRANSLATIONS, { state: 'refused', at: NOON, why, text });

describe("[row 258] a refusal in Partoo's words", () => {
  test.each([
    ['target_phone: Not a valid number.', 'Partoo didn’t accept the phone number.'],
    ['target_name: Too long.', 'Partoo didn’t accept the name.'],
    ['invite_content: Too long.', 'Partoo didn’t accept the text of the SMS.'],
    ['business_id: Unknown.', 'Partoo didn’t accept the business.'],
    ['force: Unknown.', 'Partoo didn’t accept sending this again.'],
  ])('becomes our text for the field that it names: %s', (text, ours) => {
    const theirs = text.slice(text.indexOf(': ') + 2);
    expect(refused(text)).toBe(`${ours} Partoo says: ${theirs}`);
  });

  test('names no field when it is about several, or about none', () => {
    expect(refused('target_phone: Bad.; target_name: Bad too.')).toBe(
      'Partoo didn’t accept this invitation. Partoo says: Bad.; Bad too.',
    );
    expect(refused('Say target_phone: please')).toContain('Partoo says: Say target_phone: please');
    expect(refused('')).toBe('Partoo didn’t accept this invitation.');
  });

  test('without an explanation is not blamed on a field', () => {
    expect(refused('target_phone: Bad.', 'unclear')).toBe(
      'Partoo refused it; the reason couldn’t be verified. Partoo says: Bad.',
    );
  });

  test('is quoted in its own words', () => {
    expect(partooText('target_phone: a: b; c')).toEqual({
      fields: ['target_phone'],
      text: 'a: b; c',
    });
  });
});
