import { describe, expect, test } from 'vitest';
import {
  deskNotes,
  desksText,
  rateText,
  waitingText,
} from '../../../../renderer/settings/desks/report-text.ts';
import type { DeskReport } from '../../../../shared/other-desks.ts';
import { MINUTE_MS } from '../../../../shared/time.ts';
import { NOON, TRANSLATIONS } from '../../samples.ts';

const desk: DeskReport['desks'][number] = {
  id: 1,
  name: 'Desk 1',
  isThis: false,
  version: '1.0.0',
  seenAt: NOON,
  isSilent: false,
  isRemoved: false,
  waiting: 0,
  oldestWaitingAt: null,
  clockAheadMs: 0,
  hasSharedAll: true,
};
const notes = (change: Partial<typeof desk>) => deskNotes(TRANSLATIONS, { ...desk, ...change });

describe('the notes on a desk', () => {
  test('say nothing about a desk in order', () => {
    expect(notes({})).toEqual([]);
    expect(notes({ clockAheadMs: 2 * MINUTE_MS })).toEqual([]);
  });

  test('say which desk this is, and what is wrong with it', () => {
    expect(notes({ isThis: true, hasSharedAll: false, clockAheadMs: 3 * MINUTE_MS })).toEqual([
      'This desk',
      'Has not shared everything yet',
      'Clock 3 minutes fast',
    ]);
    expect(notes({ clockAheadMs: -5 * MINUTE_MS })).toEqual(['Clock 5 minutes slow']);
  });

  test('expect nothing more of a removed desk', () => {
    expect(notes({ isRemoved: true, hasSharedAll: false })).toEqual(['Removed']);
  });
});

test('how many invitations wait, and since when', () => {
  const text = (waiting: number, oldestWaitingAt: number | null) =>
    waitingText(TRANSLATIONS, { waiting, oldestWaitingAt }, NOON);
  expect(text(0, null)).toBe('0');
  expect(text(1_140, NOON - 47 * MINUTE_MS)).toBe('1,140 (oldest: 47 minutes)');
});

test('how many desks of a site are silent', () => {
  const site = {
    code: 'lille-01',
    name: 'Lille',
    waiting: 0,
    oldestWaitingAt: null,
    lastSeenAt: null,
  };
  expect(desksText(TRANSLATIONS, { ...site, desks: 12, silentDesks: 0 })).toBe('12');
  expect(desksText(TRANSLATIONS, { ...site, desks: 12, silentDesks: 3 })).toBe(
    '12, 3 of them silent',
  );
});

describe('the requests of all desks', () => {
  const rate = { used: 212, perMinute: 250, pausedMs: 0 };

  test('and the waiting invitations of the organisation', () => {
    const organisation = { waiting: 1_140, oldestWaitingAt: NOON - 47 * MINUTE_MS };
    expect(rateText(TRANSLATIONS, { rate, organisation }, NOON)).toEqual([
      '212 of 250 requests this minute.',
      '1,140 invitations are waiting in the organisation, the oldest for 47 minutes.',
    ]);
  });

  test('and a pause', () => {
    const organisation = { waiting: 0, oldestWaitingAt: null };
    const paused = { ...rate, pausedMs: 90_000 };
    expect(rateText(TRANSLATIONS, { rate: paused, organisation }, NOON)).toEqual([
      '212 of 250 requests this minute.',
      'No invitations are waiting in the organisation.',
      'Partoo has asked for a pause: all desks wait for 1 minute.',
    ]);
  });
});
