import type { Country, E164 } from '../../../shared/phone/e164.ts';
import type { PhoneRules } from './use-phone-rules.ts';

/** A text field's text with its caret, counted in UTF-16 units from the start. */
export type TextWithCaret = { readonly text: string; readonly caret: number };

/** The digits that are read as those of a telephone: full-width ones, and the two rows of Arabic ones. */
const ZEROS = ['0', '０', '٠', '۰'].map((zero) => zero.charCodeAt(0));

/** What of a text is dialled, as a telephone writes it; all else is decoration that formatting may move. */
export function dialable(text: string): string {
  return text.replaceAll(/[^\d+]/g, (other) => {
    if (other === '＋') return '+';
    const code = other.charCodeAt(0);
    const zero = ZEROS.find((first) => code >= first && code <= first + 9);
    return zero === undefined ? '' : String(code - zero);
  });
}

/** How a text came into the field; `over-all`: by hand, and all that stood there was selected. */
export type TypedBy = 'hand' | 'over-all' | 'paste';

/** Delete takes what stands after the caret, everything else what stands before it. */
export type Deletion = 'forwards' | 'other';

/**
 * Formats a text under the caret: it stays behind the digit it stood behind, however the spaces around it move.
 * When something in front of it was deleted forwards (Delete), it also passes the spaces, or it would stand still.
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

/** What it takes to read a number: the rules, and the country of numbers without a code. */
export type Known = { readonly rules: PhoneRules; readonly country: Country };

/** The text of a phone field in the form in which it is shown. */
export function shownPhone({ rules, country }: Known, text: string): string {
  const reading = rules.parsePhone(text, country);
  return reading.kind === 'empty' ? '' : reading.shown;
}

/**
 * The text of a phone field in the form in which it stays once nobody types in it: a number that is read as something else
 * than it plainly says is written as it is read. Read again it is the same number.
 */
export function tidyPhone(known: Known, text: string): string {
  return known.rules.otherWriting(text, known.country)?.tidy ?? shownPhone(known, text);
}

/** Letters or several lines: more than a phone number was put into the phone field. */
export function isMoreThanPhone(text: string): boolean {
  return /\p{L}|[\t\r\n]/u.test(text);
}

/** What stands in the phone field, and what it is read by; null until that is there. */
export type Typing = { readonly known: Known | null; readonly text: string };

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The numbers that one more digit at the end of a text would complete. */
export function possibleNextNumbers({ rules, country }: Known, text: string): E164[] {
  return DIGITS.flatMap((digit) => {
    const reading = rules.parsePhone(text + digit, country);
    return reading.kind === 'complete' ? [reading.e164] : [];
  });
}
