import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_SENDING_HOURS,
  nextOpening,
  type SendingHours,
  sendingHoursSchema,
} from '../../shared/sending-hours.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;
const never = () => false;

const ask = (
  at: string,
  hours: SendingHours | null = DEFAULT_SENDING_HOURS,
  timeZone = 'Europe/Paris',
  isHoliday: (localDate: string) => boolean = never,
) => {
  const opening = nextOpening({ at: Date.parse(at), hours, isHoliday, timeZone });
  return opening === null ? null : new Date(opening).toISOString();
};

describe('sendingHoursSchema', () => {
  test.each([
    ['the default', DEFAULT_SENDING_HOURS],
    ['no period', []],
    ['until midnight', [{ days: [7], from: '00:00', to: '24:00' }]],
  ])('takes %s', (_, hours) => {
    expect(sendingHoursSchema.parse(hours)).toEqual(hours);
  });

  test.each([
    ['no day', { days: [], from: '08:00', to: '20:00' }],
    ['the same day twice', { days: [1, 1], from: '08:00', to: '20:00' }],
    ['day 0', { days: [0], from: '08:00', to: '20:00' }],
    ['day 8', { days: [8], from: '08:00', to: '20:00' }],
    ['a time of one digit', { days: [1], from: '8:00', to: '20:00' }],
    ['hour 25', { days: [1], from: '08:00', to: '25:00' }],
    ['minute 60', { days: [1], from: '08:00', to: '19:60' }],
    ['a begin at 24:00', { days: [1], from: '24:00', to: '24:00' }],
    ['an end before the begin', { days: [1], from: '20:00', to: '08:00' }],
    ['an end at the begin', { days: [1], from: '08:00', to: '08:00' }],
    ['an unknown key', { days: [1], from: '08:00', to: '20:00', until: '21:00' }],
  ])('refuses %s', (_, period) => {
    expect(sendingHoursSchema.safeParse([period]).success).toBe(false);
  });
});

describe('nextOpening', () => {
  test.each([
    // 2026-11-23 is a Monday; Paris is UTC+1.
    ['Monday morning before eight', '2026-11-23T05:00:00.000Z', '2026-11-23T07:00:00.000Z'],
    ['Monday at eight', '2026-11-23T07:00:00.000Z', '2026-11-23T07:00:00.000Z'],
    ['Monday noon', '2026-11-23T11:34:56.789Z', '2026-11-23T11:34:56.789Z'],
    ['Monday, the last millisecond', '2026-11-23T18:59:59.999Z', '2026-11-23T18:59:59.999Z'],
    ['Monday at twenty', '2026-11-23T19:00:00.000Z', '2026-11-24T07:00:00.000Z'],
    ['Friday night', '2026-11-27T22:30:00.000Z', '2026-11-28T09:00:00.000Z'],
    ['Saturday evening', '2026-11-28T17:00:00.000Z', '2026-11-30T07:00:00.000Z'],
    ['Sunday', '2026-11-29T11:00:00.000Z', '2026-11-30T07:00:00.000Z'],
    ['Monday in Paris, Sunday in UTC', '2026-11-22T23:30:00.000Z', '2026-11-23T07:00:00.000Z'],
  ])('opens by the default hours: %s', (_, at, expected) => {
    expect(ask(at)).toBe(expected);
  });

  test('is now without hours, on holidays too', () => {
    const at = '2026-11-29T03:00:00.000Z';
    expect(ask(at, null, 'Europe/Paris', () => true)).toBe(at);
  });

  test('is never when the hours are empty or every day is a holiday', () => {
    expect(ask('2026-11-23T11:00:00Z', [])).toBeNull();
    expect(
      ask('2026-11-23T11:00:00Z', DEFAULT_SENDING_HOURS, 'Europe/Paris', () => true),
    ).toBeNull();
  });

  test('is searched for 31 days', () => {
    const from = (first: string) => (date: string) => date < first;
    const noon = '2026-12-01T12:00:00.000Z';
    const daily: SendingHours = [{ days: EVERY_DAY, from: '00:00', to: '24:00' }];
    expect(ask(noon, daily, 'UTC', from('2027-01-01'))).toBe('2027-01-01T00:00:00.000Z');
    expect(ask(noon, daily, 'UTC', from('2027-01-02'))).toBeNull();
  });

  test('reads holidays by the local date', () => {
    const christmas = (date: string) => date === '2026-12-25';
    // Friday the 25th begins in Paris at 23:00 UTC on the 24th.
    expect(ask('2026-12-24T23:30:00Z', undefined, 'Europe/Paris', christmas)).toBe(
      '2026-12-26T09:00:00.000Z',
    );
    expect(
      ask(
        '2026-12-24T22:30:00Z',
        [{ days: EVERY_DAY, from: '00:00', to: '24:00' }],
        'Europe/Paris',
        christmas,
      ),
    ).toBe('2026-12-24T22:30:00.000Z');
  });

  test('takes the earliest of overlapping periods, in any order', () => {
    const hours: SendingHours = [
      { days: [1], from: '14:00', to: '18:00' },
      { days: [1], from: '09:00', to: '12:00' },
      { days: [1, 2], from: '11:00', to: '15:00' },
    ];
    expect(ask('2026-11-23T00:00:00Z', hours, 'UTC')).toBe('2026-11-23T09:00:00.000Z');
    expect(ask('2026-11-23T13:30:00Z', hours, 'UTC')).toBe('2026-11-23T13:30:00.000Z');
    expect(ask('2026-11-23T18:00:00Z', hours, 'UTC')).toBe('2026-11-24T11:00:00.000Z');
  });

  describe('when the clocks change', () => {
    const nightly = (from: string, to: string): SendingHours => [{ days: EVERY_DAY, from, to }];

    test.each([
      // Paris, 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC.
      ['begins in the gap', '02:30', '04:00', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00.000Z'],
      ['lies in the gap', '02:10', '02:50', '2026-03-29T00:00:00Z', '2026-03-30T00:10:00.000Z'],
      [
        'begins after the gap',
        '08:00',
        '20:00',
        '2026-03-28T23:30:00Z',
        '2026-03-29T06:00:00.000Z',
      ],
      // Paris, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
      [
        'begins in the overlap',
        '02:30',
        '04:00',
        '2026-10-24T23:00:00Z',
        '2026-10-25T00:30:00.000Z',
      ],
      [
        'lies in the overlap, first',
        '02:10',
        '02:20',
        '2026-10-25T00:00:00Z',
        '2026-10-25T00:10:00.000Z',
      ],
      [
        'lies in the overlap, again',
        '02:10',
        '02:20',
        '2026-10-25T00:20:00Z',
        '2026-10-25T01:10:00.000Z',
      ],
      [
        'lies in the overlap, over',
        '02:10',
        '02:20',
        '2026-10-25T01:20:00Z',
        '2026-10-26T01:10:00.000Z',
      ],
      [
        'begins after the overlap',
        '08:00',
        '20:00',
        '2026-10-24T22:30:00Z',
        '2026-10-25T07:00:00.000Z',
      ],
    ])('a period that %s', (_, from, to, at, expected) => {
      expect(ask(at, nightly(from, to))).toBe(expected);
    });

    test('at midnight, where the day begins at one', () => {
      // Beirut, 2026-03-29: 00:00 becomes 01:00 at 22:00 UTC on the 28th.
      expect(
        ask('2026-03-28T21:59:59Z', [{ days: [7], from: '00:00', to: '20:00' }], 'Asia/Beirut'),
      ).toBe('2026-03-28T22:00:00.000Z');
    });

    test('by half an hour', () => {
      // Lord Howe, 2026-10-04: 02:00 becomes 02:30 at 15:30 UTC on the 3rd.
      expect(ask('2026-10-03T15:00:00Z', nightly('02:15', '03:00'), 'Australia/Lord_Howe')).toBe(
        '2026-10-03T15:30:00.000Z',
      );
    });
  });

  test("uses the PC's own zone when none is given", () => {
    const hours: SendingHours = [{ days: EVERY_DAY, from: '00:00', to: '00:01' }];
    const at = Date.UTC(2026, 10, 23, 3, 30);
    const opening = nextOpening({ at, hours, isHoliday: never });
    const midnight = new Date(opening ?? Number.NaN);
    expect([midnight.getHours(), midnight.getMinutes()]).toEqual([0, 0]);
  });

  test('refuses an unknown time zone', () => {
    expect(() => ask('2026-11-23T11:00:00Z', undefined, 'Europe/Atlantis')).toThrow(RangeError);
  });

  describe('agrees with the local clock', () => {
    const zones = [
      'UTC',
      'Europe/Paris',
      'America/New_York',
      'America/St_Johns',
      'Indian/Reunion',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'Africa/Casablanca',
    ].map((timeZone) => ({
      timeZone,
      format: new Intl.DateTimeFormat('en-GB', {
        timeZone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
    }));
    const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

    /** An independent meaning of "inside": what a clock in the room would show. */
    const isInside = (at: number, hours: SendingHours, format: Intl.DateTimeFormat) => {
      const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
      const day = weekdays.indexOf(parts.get('weekday') ?? '') + 1;
      const time = `${parts.get('hour')}:${parts.get('minute')}`;
      return hours.some(
        ({ days, from, to }) => days.some((one) => one === day) && from <= time && time < to,
      );
    };

    const time = fc
      .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 59))
      .map(([hour, minute]) => [hour, minute].map((n) => String(n).padStart(2, '0')).join(':'));
    const period = fc
      .tuple(
        fc.subarray([...EVERY_DAY], { minLength: 1 }),
        fc.uniqueArray(time, { minLength: 2, maxLength: 2 }),
      )
      .map(([days, times]) => {
        const [from = '', to = ''] = times.toSorted();
        return { days, from, to };
      });
    const hours = fc.array(period, { minLength: 1, maxLength: 3 });
    const inYear = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) });
    // Half of the instants lie within two days of a clock change somewhere in the list.
    const nearChange = fc
      .tuple(
        fc.constantFrom(
          '2026-03-08',
          '2026-03-29',
          '2026-04-05',
          '2026-10-04',
          '2026-10-25',
          '2026-11-01',
        ),
        fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
      )
      .map(([date, offset]) => Date.parse(date) + offset);

    test('the opening is inside, not before the request, and nothing is open in between', () => {
      fc.assert(
        fc.property(
          fc.oneof(inYear, nearChange),
          hours,
          fc.constantFrom(...zones),
          fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
            minLength: 20,
            maxLength: 20,
          }),
          (at, some, { timeZone, format }, samples) => {
            const opening = nextOpening({ at, hours: some, isHoliday: never, timeZone });
            expect(sendingHoursSchema.safeParse(some).success).toBe(true);
            if (opening === null) throw new Error('hours with a period open every week');
            expect(opening).toBeGreaterThanOrEqual(at);
            expect(isInside(opening, some, format)).toBe(true);
            const between = samples.map((share) => at + Math.floor(share * (opening - at)));
            const justBefore = [opening - 1, opening - MINUTE_MS].filter(
              (instant) => instant >= at,
            );
            for (const instant of [...justBefore, ...(opening > at ? between : [])]) {
              expect(isInside(instant, some, format)).toBe(false);
            }
          },
        ),
        { numRuns: 300 },
      );
    });
  });
});
