import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanName, isNameTooLong } from '../../shared/customer-name.ts';
import { NAME_MAX } from '../../shared/invitation.ts';

describe('[row 81] cleanName', () => {
  test.each([
    ['Marie Dupont', 'Marie Dupont'],
    ['  Marie \t\r\n Dupont\u00A0', 'Marie Dupont'],
    ['Ma\u0000rie\u0007', 'Marie'],
    ['\u202EMarie\u202C\u200E', 'Marie'],
    ['Marie \u200B Dupont', 'Marie Dupont'],
    ['\uFEFFMarie', 'Marie'],
    ['Zoë 😀', 'Zoë 😀'],
    // Partoo would put its link there, in its own template too.
    ['Marie @link', 'Marie link'],
    ['@@LINK＠link', 'LINKlink'],
    ['marie@example.com', 'marie@example.com'],
    // A zero width non-joiner is spelling in Persian.
    ['علی\u200Cرضا', 'علی\u200Cرضا'],
    ['  ', ''],
    ['a'.repeat(255), 'a'.repeat(255)],
    ['a'.repeat(256), 'a'.repeat(255)],
    [`${'a'.repeat(254)} b`, 'a'.repeat(254)],
    [`${'a'.repeat(254)}😀`, 'a'.repeat(254)],
    [`${'a'.repeat(253)}😀`, `${'a'.repeat(253)}😀`],
    [`${'a'.repeat(250)}👨‍👩‍👧`, 'a'.repeat(250)],
  ])('%j is %j', (text, name) => {
    expect(cleanName(text)).toBe(name);
  });

  test('says when it would cut the end off', () => {
    expect(isNameTooLong('a'.repeat(256))).toBe(true);
    expect(isNameTooLong(` ${'a'.repeat(255)} \u202E`)).toBe(false);
  });

  test('is one trimmed line that Partoo takes, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const name = cleanName(text);
        expect(name.length).toBeLessThanOrEqual(NAME_MAX);
        expect(name).not.toMatch(/^\s|\s$|\s\s|\p{Cc}/u);
        expect(cleanName(name)).toBe(name);
        expect(isNameTooLong(name)).toBe(false);
      }),
    );
  });
});
