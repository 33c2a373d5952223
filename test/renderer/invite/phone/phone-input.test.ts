import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dialable,
  formatTyped,
  isMoreThanPhone,
  possibleNextNumbers,
  shownPhone,
  textBeforeDeletion,
  tidyPhone,
} from '../../../../renderer/invite/phone/phone-input.ts';
import * as rules from '../../../../shared/phone/phone.ts';

const french = { rules, country: 'FR' } as const;
const format = (text: string): string => shownPhone(french, text);

/** The characters of a telephone keypad, and spaces. */
const keys = fc.array(fc.constantFrom(...'0123456789+ '.split('')), { maxLength: 16 });

/** A text with its caret marked: "06 1|2". */
const parseCaret = (drawn: string) => ({
  text: drawn.replace('|', ''),
  caret: drawn.indexOf('|'),
});
const draw = ({ text, caret }: { readonly text: string; readonly caret: number }): string =>
  `${text.slice(0, caret)}|${text.slice(caret)}`;
const typed = (drawn: string, deletion?: 'forwards'): string => {
  const raw = parseCaret(drawn);
  return draw(formatTyped(raw, format(raw.text), deletion));
};

describe('the caret', () => {
  test.each([
    ['typing at the end', '063998|', '06 39 98|'],
    ['typing in the middle', '06 39 5|8 00', '06 39 5|8 00'],
    ['a digit that shifts the others', '06 395| 98 00', '06 39 5|9 80 0'],
    ['Backspace over a space', '06 39|98 00', '06 39| 98 00'],
    ['Backspace in the middle', '06 3| 98 00', '06 3|9 80 0'],
    ['Backspace at the end', '06 39 9|', '06 39 9|'],
    ['the very beginning', '|06399800', '|06 39 98 00'],
    ['a number of another country', '+3936|6', '+39 36|6'],
  ])('stays after its digit: %s', (_, before, after) => {
    expect(typed(before)).toBe(after);
  });

  test.each([
    ['０６３９|９８', '06 39| 98'],
    ['０６３９５|９８００', '06 39 5|9 80 0'],
    ['06 39 ５|8 00', '06 39 5|8 00'],
    ['＋３９３６|６', '+39 36|6'],
    ['٠٦٣٩٥|٩٨٠٠', '06 39 5|9 80 0'],
    ['۰۶۳|۹۹۸', '06 3|9 98'],
  ])('[row 238] stays after full-width and non-Latin digits: %s', (before, after) => {
    expect(typed(before)).toBe(after);
  });

  test('skips the space before which Delete was pressed', () => {
    expect(typed('06 39|98 00', 'forwards')).toBe('06 39 |98 00');
  });

  test('stays inside the text, with the same digits before it', () => {
    fc.assert(
      fc.property(
        keys,
        fc.nat(16),
        fc.constantFrom('forwards' as const, 'other' as const),
        (characters, at, deletion) => {
          const text = characters.join('');
          const caret = Math.min(at, text.length);
          const shown = format(text);
          const after = formatTyped({ text, caret }, shown, deletion);
          expect(after.text).toBe(shown);
          expect(after.caret).toBeGreaterThanOrEqual(0);
          expect(after.caret).toBeLessThanOrEqual(shown.length);
          if (dialable(shown) === dialable(text)) {
            expect(dialable(shown.slice(0, after.caret))).toBe(dialable(text.slice(0, caret)));
          }
        },
      ),
    );
  });
});

test('formatting a formatted number changes nothing', () => {
  fc.assert(
    fc.property(keys, (characters) => {
      const shown = format(characters.join(''));
      expect(format(shown)).toBe(shown);
    }),
  );
});

test.each([
  ['639980004', '06 39 98 00 04'],
  ['+33 (0)6 39 98 00 04', '06 39 98 00 04'],
  ['0033639980004', '06 39 98 00 04'],
  ['+33639980004', '+33 6 39 98 00 04'],
  ['06 39', '06 39'],
  ['', ''],
])('[row 191] %j becomes %j on blur', (text, tidy) => {
  expect(tidyPhone(french, text)).toBe(tidy);
});

test.each([
  ['06 39 98 00 04', false],
  ['+33 (0)6.39-98/00', false],
  ['', false],
  ['Marie 0639980004', true],
  ['0639980004\tMarie', true],
  ['0639980004\n', true],
])('%j has more than a phone number: %s', (text, isMore) => {
  expect(isMoreThanPhone(text)).toBe(isMore);
});

describe('the numbers to prefetch', () => {
  test.each([
    [
      '06 39 98 00 1',
      ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((d) => `+3363998001${d}`),
    ],
    ['06 39 98 00', []],
    ['06 39 98 00 12', []],
    ['', []],
    ['Marie', []],
  ])('for %j are those that one more digit completes', (text, numbers) => {
    expect(possibleNextNumbers(french, text)).toEqual(numbers);
  });

  test('include those that continue a possible complete number', () => {
    const german = { rules, country: 'DE' } as const;
    expect(rules.parsePhone('030 123456', 'DE').kind).toBe('complete');
    expect(possibleNextNumbers(german, '030 123456')).toContain('+49301234560');
  });
});

describe('[row 265] the text that the undo key puts back into the emptied phone field', () => {
  /** Replays the texts of the field, one for each key press. */
  const after = (...texts: readonly string[]): string | null => {
    let kept: string | null = null;
    for (const [at, text] of texts.entries()) {
      if (at > 0) kept = textBeforeDeletion(kept, texts[at - 1] ?? '', text);
    }
    return kept;
  };

  test.each<[string, readonly string[], string]>([
    ['deleted at once', ['', '0', '06', '06 3', ''], '06 3'],
    ['deleted digit by digit', ['', '06', '06 3', '06', '0', ''], '06 3'],
    ['a restored number', ['06 39 98 00 04', ''], '06 39 98 00 04'],
    ['typed again after a deletion', ['', '06 39', '06', '06 4', ''], '06 4'],
    ['typed over the whole text', ['', '06 39', '0', ''], '06 39'],
    ['a changed spelling', ['', '0639', '06 39', '06', ''], '06 39'],
    ['words', ['', 'Mar', 'Marie', ''], 'Marie'],
  ])('%s', (_, texts, expected) => {
    expect(after(...texts)).toBe(expected);
  });
});
