import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHttpDate, parseSentTime } from '../../../electron/partoo/dates.ts';

test.each([
  ['2019-06-06 11:57:27.274725+00:00', Date.UTC(2019, 5, 6, 11, 57, 27, 274)],
  ['2019-06-06T11:57:27Z', Date.UTC(2019, 5, 6, 11, 57, 27)],
  ['2019-06-06 11:57:27', Date.UTC(2019, 5, 6, 11, 57, 27)],
  ['2019-06-06 11:57:27.5+02:00', Date.UTC(2019, 5, 6, 9, 57, 27, 500)],
  ['2019-08-22 11:46:38.914467+00', Date.UTC(2019, 7, 22, 11, 46, 38, 914)],
  ['2019-08-22 11:46:38-03', Date.UTC(2019, 7, 22, 14, 46, 38)],
  ['2019-06-06 11:57:27-0530', Date.UTC(2019, 5, 6, 17, 27, 27)],
])('[row 104] %s', (text, instant) => {
  expect(parseSentTime(text)).toBe(instant);
});

test.each(['', 'yesterday', '2019-06-06', '1559148288', '2019-13-06 11:57:27', 'null'])(
  '[row 104] %j is no time',
  (text) => {
    expect(parseSentTime(text)).toBeUndefined();
  },
);

test('[row 142] every instant is read back in both formats of Partoo', () => {
  const instants = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.constantFrom('+00:00', '+00'), (instant, offset) => {
      const text = instant.toISOString().replace('T', ' ').replace('Z', `123${offset}`);
      expect(parseSentTime(text)).toBe(instant.getTime());
    }),
  );
});

test('reads an HTTP date in its one format only', () => {
  expect(parseHttpDate('Mon, 23 Nov 2026 09:30:00 GMT')).toBe(Date.UTC(2026, 10, 23, 9, 30));
  for (const odd of [undefined, '', '1', '2026-11-23T09:30:00Z', 'Mon, 99 Nov 2026 09:30:00 GMT']) {
    expect(parseHttpDate(odd)).toBeUndefined();
  }
});
