/**
 * Invisible marks and marks that change the text direction: people never type them, and they can make one name look
 * like another.
 */
export const HIDDEN_MARKS =
  /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

const TURNING_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * Isolates the direction of a name inside a sentence: a Hebrew or Arabic name does not reorder the text around it, and
 * invisible marks have no effect outside.
 */
export function ownDirection(text: string): string {
  const plain = text.replace(TURNING_MARKS, '');
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}
