/** A time of the day, "09:30"; midnight is "00:00". */
const DAY_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a time of the day as it is stored. */
export function isDayTime(text: string): boolean {
  return DAY_TIME.test(text);
}

/** Writes a stored time as the language does: "09:30", "9:30 AM". Returns any other text as it is. */
export function formatDayTime(text: string, locale: string): string {
  if (!isDayTime(text)) return text;
  const [hour, minute] = text.split(':').map(Number);
  // The year and the zone do not matter: only the time of day is written.
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(Date.UTC(2000, 0, 1, hour, minute));
}

/** 9, 930, 0930, 9:30, 9.30, 9h30, 9 Uhr 30, each with or without AM or PM. */
const TYPED =
  /^(?<hour>\d{1,2}?)(?:\s*(?:[:.,h]|uhr)?\s*(?<minute>\d{2}))?\s*(?:h|uhr)?\s*(?<half>[ap])?(?:\.?\s*m\.?)?$/;

/** Reads a typed time of the day in any of the usual ways; undefined when it is none. 24:00 is midnight. */
export function parseDayTime(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  const { hour, minute = '00', half } = TYPED.exec(text)?.groups ?? {};
  if (hour === undefined) return undefined;
  const hours = Number(hour);
  if (half !== undefined && (hours < 1 || hours > 12)) return undefined;
  const ofDay = half === undefined ? hours : (hours % 12) + (half === 'p' ? 12 : 0);
  const time = `${String(ofDay).padStart(2, '0')}:${minute}`;
  if (time === '24:00') return '00:00';
  return isDayTime(time) ? time : undefined;
}
