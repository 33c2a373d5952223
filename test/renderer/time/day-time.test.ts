import { describe, expect, test } from 'vitest';
import { formatDayTime, isDayTime, parseDayTime } from '../../../renderer/time/day-time.ts';
import { LANGUAGES, localeFor } from '../../../shared/i18n/languages.ts';

describe('a typed time', () => {
  test.each([
    ['9', '09:00'],
    ['09', '09:00'],
    ['19', '19:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['9,30', '09:30'],
    ['9h', '09:00'],
    ['9h30', '09:30'],
    ['9 h 05', '09:05'],
    ['9 Uhr', '09:00'],
    ['9 Uhr 30', '09:30'],
    ['9:30 Uhr', '09:30'],
    ['9 am', '09:00'],
    ['9:30 PM', '21:30'],
    ['9:30 p.m.', '21:30'],
    ['9:30 p. m.', '21:30'],
    ['12 am', '00:00'],
    ['12 pm', '12:00'],
    ['1230p', '12:30'],
    ['  7:00  ', '07:00'],
    ['９：３０', '09:30'],
    ['24:00', '00:00'],
    ['0', '00:00'],
  ])('%s is %s', (typed, time) => expect(parseDayTime(typed)).toBe(time));

  test.each(['', 'soon', '25', '9:60', '9:5', '13 pm', '0 am', '24:30', '9:30:15', '-9', '12345'])(
    '%s is none',
    (typed) => expect(parseDayTime(typed)).toBeUndefined(),
  );
});

describe('a stored time', () => {
  test.each([
    ['en-GB', '09:30'],
    ['en-US', '09:30 AM'],
    ['de-DE', '09:30'],
    ['fr-FR', '09:30'],
  ])('is written as %s does', (locale, written) => {
    expect(formatDayTime('09:30', locale).replaceAll(/\s/g, ' ')).toBe(written);
  });

  test.each([...LANGUAGES.map((language) => localeFor(language, 'C')), 'en-US', 'es-MX', 'fr-CA'])(
    'is read again as it was written: %s',
    (locale) => {
      for (const time of ['00:00', '00:05', '09:30', '12:00', '13:45', '23:59'])
        expect(parseDayTime(formatDayTime(time, locale))).toBe(time);
    },
  );

  test('is two digits, a colon and two digits', () => {
    expect(['09:30', '00:00', '9:30', '24:00', ''].map(isDayTime)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(formatDayTime('soon', 'en-GB')).toBe('soon');
  });
});
