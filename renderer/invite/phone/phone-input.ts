import type { Country, E164 } from '../../../shared/phone/e164.ts';
import type { PhoneRules } from './use-phone-rules.ts';

/** A text field's text with its caret, in UTF-16 units from the start. */
export type TextWithCaret = { readonly text: string; readonly caret: number };

/** The zeros of the accepted digits: ASCII, full-width, and the two Arabic rows. */
const ZEROS = ['0', '０', '٠', '۰'].map((zero) => zero.charCodeAt(0));

/** Returns the characters of a text that are dialled; formatting may move all others. */
export function dialable(text: string): string {
  return text.replaceAll(/[^\d+]/g, (other) => {
    if (other === '＋') return '+';
    const code = other.charCodeAt(0);
    const zero = ZEROS.find((first) => code >= first && code <= first + 9);
    return zero === undefined ? '' : String(code - zero);
  });
}

/**
 * Returns the text that the undo key puts back into an emptied phone field: the one before the last deletions. `kept` is
 * what the change before returned; null for the first change.
 */
export function textBeforeDeletion(kept: string | null, before: string, after: string): string {
  const isDeletion = written(after).length < written(before).length;
  return isDeletion ? (kept ?? before) : after;
}

/** Returns a text without the characters that formatting adds and removes. */
function written(text: string): string {
  return text.replaceAll(/[^\p{L}\p{Nd}+]/gu, '');
}

/** How a text came into the field; `over-all`: typed over a selection of the whole text. */
export type TypedBy = 'hand' | 'over-all' | 'paste';

/** Delete removes the character after the caret, all other keys the one before it. */
export type Deletion = 'forwards' | 'other';

/**
 * Formats a text and keeps the caret behind the same digit, however the spaces move. After a forward deletion
 * (Delete), the caret also passes spaces, or it would stand still.
 */
export function formatTyped(
  typed: TextWithCaret,
  shown: string,
  deletion: Deletion = 'other',
): TextWithCaret {
  if (typed.caret >= typed.text.length) return { text: shown, caret: shown.length };
  const before = dialable(typed.text.slice(0, typed.caret)).length;
  let caret = 0;
  for (let passed = 0; passed < before && caret < shown.length; caret += 1) {
    if (dialable(shown.charAt(caret)) !== '') passed += 1;
  }
  if (deletion === 'forwards') {
    while (caret < shown.length && dialable(shown.charAt(caret)) === '') caret += 1;
  }
  return { text: shown, caret };
}

/** What parsing a number needs: the rules, and the country of numbers without a code. */
export type Known = { readonly rules: PhoneRules; readonly country: Country };

/** Formats the text of a phone field for display. */
export function shownPhone({ rules, country }: Known, text: string): string {
  const reading = rules.parsePhone(text, country);
  return reading.kind === 'empty' ? '' : reading.shown;
}

/**
 * Formats the text of a phone field after typing: a number that was read differently than written is rewritten as it
 * was read. Parsing it again gives the same number.
 */
export function tidyPhone(known: Known, text: string): string {
  return known.rules.otherWriting(text, known.country)?.tidy ?? shownPhone(known, text);
}

/** Whether a text has letters or several lines: more than a phone number. */
export function isMoreThanPhone(text: string): boolean {
  return /\p{L}|[\t\r\n]/u.test(text);
}

/** The text of the phone field, and what it is parsed with; null until loaded. */
export type Typing = { readonly known: Known | null; readonly text: string };

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Returns the numbers that one more digit at the end would complete. */
export function possibleNextNumbers({ rules, country }: Known, text: string): E164[] {
  return DIGITS.flatMap((digit) => {
    const reading = rules.parsePhone(text + digit, country);
    return reading.kind === 'complete' ? [reading.e164] : [];
  });
}
