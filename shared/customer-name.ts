import { HIDDEN_MARKS } from './text-direction.ts';
import { isDate } from './phone/clean-number.ts';

/** Partoo takes at most 255 characters in `target_name` (vendor page). */
const NAME_MAX = 255;

/** Partoo replaces this by its link anywhere in a text, also in its own template with the name filled in. */
const LINK_SIGN = /[@＠﹫]+(?=link)/giu;

/**
 * Cleans a name for storing and sending: one line, single spaces, at most 255 characters (UTF-16 units), no letter or
 * emoji cut in two, and no `@link`. Never throws; cleaning twice changes nothing.
 */
export function cleanName(text: string): string {
  return cutAtCharacter(oneLineOf(text)).trim();
}

/** Whether cleaning would cut off the end of a name. */
export function isNameTooLong(text: string): boolean {
  return oneLineOf(text).length > NAME_MAX;
}

function oneLineOf(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(HIDDEN_MARKS, '')
    .replace(LINK_SIGN, '')
    .replace(/ +/g, ' ')
    .trim();
}

function cutAtCharacter(text: string): string {
  if (text.length <= NAME_MAX) return text;
  // Text beyond the cut decides whether the last character is whole, but no more text than this.
  const near = text.slice(0, 2 * NAME_MAX);
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und').segment(near)) {
    if (index + segment.length > NAME_MAX) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Digits with only the gaps that phone numbers have between them. */
const DIGITS = /[+＋]?\p{Nd}(?:[ \u00A0\u202F\p{Pd}\u2212./()]{0,3}\p{Nd})+/gu;
const DATE =
  /(?<![\d./+-])(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})(?!\d)/g;

/** Fewer digits are a room, a table, a year or a file number. */
const ANNOUNCED_MIN = 8;
const DIGITS_MIN = 9;
/** Some countries have eight-digit numbers, in at least this many groups: 20 12 34 56. */
const GROUPS_MIN = 3;

/**
 * Whether a name contains what looks like a phone number, judged by its digits only: Partoo would get it as part of
 * the name. Rooms ("Room 101"), floors, years and dates are not.
 */
export function holdsPhoneNumber(name: string): boolean {
  const searched = name.replace(HIDDEN_MARKS, '').replace(DATE, ',');
  return [...searched.matchAll(DIGITS)].some(([run]) => {
    const digits = run.match(/\p{Nd}/gu)?.length ?? 0;
    if (/^[+＋0٠۰０]/.test(run)) return digits >= ANNOUNCED_MIN;
    const groups = run.match(/\p{Nd}+/gu)?.length ?? 0;
    if (digits >= DIGITS_MIN) return true;
    return digits === ANNOUNCED_MIN && groups >= GROUPS_MIN && !isDate(run);
  });
}
