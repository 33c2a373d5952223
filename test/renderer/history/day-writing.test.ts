import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDayWriting } from '../../../renderer/history/day-writing.ts';
import { LANGUAGES, localeFor } from '../../../shared/languages.ts';

const DAY = new Date(2026, 10, 25, 9).getTime();
const LOCALES = [...LANGUAGES.map((language) => localeFor(language, '')), 'en-US', 'fr-CA'];

test.each([
  ['fr-FR', '25/11/2026'],
  ['en-GB', '25/11/2026'],
  ['es-ES', '25/11/2026'],
  ['it-IT', '25/11/2026'],
  ['de-DE', '25.11.2026'],
  ['pt-PT', '25/11/2026'],
  ['en-US', '11/25/2026'],
  ['fr-CA', '2026-11-25'],
])('%s writes a day as %s and reads it', (locale, written) => {
  const days = createDayWriting(locale);
  expect(days.write(DAY)).toBe(written);
  expect(days.parse(written)).toBe('2026-11-25');
});

describe('a French colleague', () => {
  const { parse } = createDayWriting('fr-FR');

  test.each(['25/11/2026', ' 25.11.2026 ', '25-11-26', '25 11 2026', '25112026', '2026-11-25'])(
    'is understood: %j',
    (text) => expect(parse(text)).toBe('2026-11-25'),
  );

  test('has the day before the month, always', () => {
    expect(parse('05/11/2026')).toBe('2026-11-05');
    expect(parse('11/25/2026')).toBeNull();
  });

  test.each(['', '25', '25/11', '31/02/2026', '29/02/2027', '00/11/2026', '25/11/202', '1/1/1999'])(
    'is told that this is no day: %j',
    (text) => expect(parse(text)).toBeNull(),
  );
});

test('what a locale writes it reads again, and nothing that is typed makes it fail', () => {
  const anyDay = fc.date({
    min: new Date(2000, 0, 2),
    max: new Date(2099, 11, 30),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(fc.constantFrom(...LOCALES), anyDay, fc.string(), (locale, date, text) => {
      const { parse, write } = createDayWriting(locale);
      const [year, month, day] = (parse(write(date.getTime())) ?? '').split('-').map(Number);
      expect([year, month, day]).toEqual([date.getFullYear(), date.getMonth() + 1, date.getDate()]);
      expect(parse(text) ?? '2000-01-01').toMatch(/^20\d\d-\d\d-\d\d$/);
    }),
  );
});
