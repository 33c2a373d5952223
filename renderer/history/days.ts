import { DAY_MS, type EpochMs } from '../../shared/time.ts';

/** Returns the start of the local day of `at`. */
export function startOfDay(at: EpochMs): EpochMs {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
}

/** Returns the starts of the last days, today included, and of tomorrow. A local day can have 23 or 25 hours. */
export function lastDays(count: number, now: EpochMs): readonly EpochMs[] {
  const today = startOfDay(now);
  return Array.from({ length: count + 1 }, (_, at) =>
    startOfDay(today + (at - count + 1) * DAY_MS + DAY_MS / 2),
  );
}

/** Returns the start of a day (`2026-11-23`), or of the day after it; null without a day. */
export function dayOf(day: string | null, which: 'begins' | 'ends'): EpochMs | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  if (year === undefined) return null;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + (which === 'ends' ? 1 : 0));
  return at.getTime() < 0 ? null : at.getTime();
}
