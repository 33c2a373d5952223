import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownDirection } from '../../shared/text-direction.ts';

test.each([
  ['Marie Dupont', 'Marie Dupont'],
  ['Zoë 😀', 'Zoë 😀'],
  ['דנה לוי', '\u2068דנה לוי\u2069'],
  ['محمد (الغرفة 12)', '\u2068محمد (الغرفة 12)\u2069'],
  ['Anna דנה', '\u2068Anna דנה\u2069'],
  // It would reverse the following text: "Saved. The SMS to …".
  ['\u202EtnopuD eiraM', 'tnopuD eiraM'],
  ['\u2067Marie', 'Marie'],
])('[row 81] %j is isolated in a sentence as %j', (text, own) => {
  expect(ownDirection(text)).toBe(own);
});

test('[row 81] the result opens and closes one direction, for any input', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const marks = ownDirection(text).replace(
        /[^\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu,
        '',
      );
      expect(['', '\u2068\u2069']).toContain(marks);
    }),
  );
});
