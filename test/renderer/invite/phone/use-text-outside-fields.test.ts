import { describe, expect, test } from 'vitest';
import {
  isNumberKey,
  takesDigits,
} from '../../../../renderer/invite/phone/use-text-outside-fields.ts';

const PRESS = {
  key: '6',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  defaultPrevented: false,
};

describe('[row 267] a key that is pressed beside the fields', () => {
  test.each(['0', '9', '+', '６', '٣'])('%s starts a number', (key) => {
    expect(isNumberKey({ ...PRESS, key })).toBe(true);
  });

  test.each([' ', 'a', '-', 'Enter', 'Escape', 'Tab', 'ArrowDown', 'F1', 'Dead'])(
    '"%s" keeps its meaning',
    (key) => {
      expect(isNumberKey({ ...PRESS, key })).toBe(false);
    },
  );

  test.each(['altKey', 'ctrlKey', 'metaKey', 'isComposing', 'defaultPrevented'])(
    'a digit with %s keeps its meaning',
    (name) => {
      expect(isNumberKey({ ...PRESS, [name]: true })).toBe(false);
    },
  );
});

describe('[row 267] a digit belongs to what has the focus', () => {
  test('in a text field', () => {
    expect(takesDigits({ kind: 'text' })).toBe(true);
  });

  test('in a list with a digit in one of its entries', () => {
    expect(takesDigits({ kind: 'list', entries: ['Hôtel', 'Hôtel 2'] })).toBe(true);
  });

  test('not in another list, nor on a switch, a button or nothing', () => {
    expect(takesDigits({ kind: 'list', entries: ['Choose…', 'Other…'] })).toBe(false);
    expect(takesDigits({ kind: 'no-text' })).toBe(false);
  });
});
