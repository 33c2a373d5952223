import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDateFormat } from '../../../renderer/history/date-format.ts';
import { LANGUAGES, localeFor } from '../../../shared/i18n/languages.ts';

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
])('%s writes a day as %s and reads it back', (locale, written) => {
  const days = createDateFormat(locale);
  expect(days.write(DAY)).toBe(written);
  expect(days.parse(written, DAY)).toBe('2026-11-25');
});

describe('a French user', () => {
  const days = createDateFormat('fr-FR');
  const parse = (text: string) => days.parse(text, DAY);

  test.each(['25/11/2026', ' 25.11.2026 ', '25-11-26', '25 11 2026', '25112026', '2026-11-25'])(
    'can type %j',
    (text) => expect(parse(text)).toBe('2026-11-25'),
  );

  test('always sees the day before the month', () => {
    expect(parse('05/11/2026')).toBe('2026-11-05');
    expect(parse('11/25/2026')).toBeNull();
  });

  test.each([
    '',
    '25',
    '25/13',
    '2026/11',
    '31/02/2026',
    '29/02/2027',
    '00/11/2026',
    '25/11/202',
    '1/1/1999',
  ])('gets an error for %j', (text) => expect(parse(text)).toBeNull());
});

describe('[row 233] a short form of a day', () => {
  test.each([
    ['fr-FR', '25/11', '2026-11-25'],
    ['fr-FR', '26/11', '2025-11-26'],
    ['fr-FR', '1.1', '2026-01-01'],
    ['fr-FR', '29/2', '2024-02-29'],
    ['de-DE', '25.11.', '2026-11-25'],
    ['de-DE', '25. 11.', '2026-11-25'],
    ['en-GB', '25/11', '2026-11-25'],
    ['en-US', '11/25', '2026-11-25'],
    ['fr-CA', '11-25', '2026-11-25'],
    ['es-ES', '２５/１１', '2026-11-25'],
  ])('is the last such day, in the order of %s: %s', (locale, text, day) => {
    expect(createDateFormat(locale).parse(text, DAY)).toBe(day);
  });

  test.each([
    ['en-GB', 'Today', 'yesterday', '2 days ago'],
    ['fr-FR', "aujourd'hui", 'Hier', 'avant hier'],
    ['fr-CA', 'AUJOURD’HUI', 'hier', 'avant-hier'],
    ['de-DE', 'heute', 'gestern', 'Vorgestern'],
    ['es-ES', 'hoy', 'ayer', 'anteayer'],
    ['it-IT', 'oggi', 'ieri', "l'altro ieri"],
    ['pt-PT', 'hoje ', 'ontem', 'anteontem'],
  ])('can be a word in %s', (locale, ...words) => {
    const { parse } = createDateFormat(locale);
    // Early on the day after the clocks were set back, and at any other time.
    for (const now of [DAY, new Date(2026, 2, 30, 0, 5).getTime()]) {
      const dayBefore = (back: number) => {
        const date = new Date(now);
        return new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate() - back))
          .toISOString()
          .slice(0, 10);
      };
      expect(words.map((word) => parse(word, now))).toEqual([0, 1, 2].map(dayBefore));
    }
  });
});

test('reads back every date that it writes, and never throws', () => {
  const anyDay = fc.date({
    min: new Date(2000, 0, 2),
    max: new Date(2099, 11, 30),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(fc.constantFrom(...LOCALES), anyDay, fc.string(), (locale, date, text) => {
      const { parse, write } = createDateFormat(locale);
      const [year, month, day] = (parse(write(date.getTime()), DAY) ?? '').split('-').map(Number);
      expect([year, month, day]).toEqual([date.getFullYear(), date.getMonth() + 1, date.getDate()]);
      expect(parse(text, DAY) ?? '2000-01-01').toMatch(/^20\d\d-\d\d-\d\d$/);
    }),
  );
});
