import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, readErrorText } from '../../../electron/partoo/error-text.ts';

describe('readErrorText', () => {
  test.each([
    [{ errors: { json: 'Resource not found' } }, 'Resource not found'],
    [{ error: { authentication: 'User not authenticated' } }, 'User not authenticated'],
    [
      { errors: { json: { target_phone: ['Not a number', 'Too long'], force: ['Odd'] } } },
      'target_phone: Not a number; target_phone: Too long; force: Odd',
    ],
    [{ errors: { json: {} } }, ''],
    [{ errors: { json: null } }, ''],
    [{ errors: ['One', 'Two'] }, 'One; Two'],
    [{ error: 'Plain' }, 'Plain'],
    [{ status: 'error', message: 'Told' }, 'Told'],
    [{ status: 'error' }, ''],
    [{ errors: {}, message: 'Told beside it' }, 'Told beside it'],
    [{ message: 'Alone' }, 'Alone'],
    [{ detail: [{ loc: ['body', 'force'], msg: 'Odd' }] }, 'loc: body; loc: force; msg: Odd'],
  ])('[row 145] %j gives %j', (json, text) => {
    expect(readErrorText(json)).toBe(text);
  });

  test.each([
    undefined,
    null,
    'errors',
    7,
    [],
    { detail: '' },
    { message: {} },
    { status: 'success', message: 'Done' },
    { invitation_id: 'a', detail: 'No' },
    [{ errors: 'No' }],
  ])('%j has no error shape', (json) => {
    expect(readErrorText(json)).toBeUndefined();
  });
});

describe('cleanText', () => {
  test('masks a number that the vendor repeats, and keeps a date', () => {
    expect(cleanText('+33639980004 was invited on 2026-11-19 at 15:40')).toBe(
      '+••• was invited on 2026-11-19 at 15:40',
    );
  });

  test('returns one line of at most 300 characters, without control characters or long numbers', () => {
    const awkward = fc.constantFrom('a', '1', '٣', ' ', '\n', '\u200b', '\u0007', '😀', '\ud83d');
    fc.assert(
      fc.property(fc.string({ unit: awkward, maxLength: 700 }), (text) => {
        const cleaned = cleanText(text);
        expect(cleaned.length).toBeLessThanOrEqual(300);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{Nd}{6}/u);
        expect(cleanText(cleaned)).toBe(cleaned);
      }),
    );
  });
});
