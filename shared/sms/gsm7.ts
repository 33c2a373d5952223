/**
 * The GSM 7-bit default alphabet and its extension table, 3GPP TS 23.038 §6.2.1 and §6.2.1.1. Partoo calls every other
 * character "unicode" and removes it.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

/** The size of one SMS, and of each part of a longer one, whose header takes seven septets. */
const SINGLE_SEPTETS = 160;
const PART_SEPTETS = 153;

/** Whether every character of `text` is in the GSM 7-bit alphabet. */
export function isGsm7(text: string): boolean {
  return [...text].every((character) => BASIC.has(character) || EXTENSION.has(character));
}

/** Counts the septets of a text in the GSM 7-bit alphabet: characters of the extension table take two. */
export function countSeptets(text: string): number {
  return [...text].reduce((sum, character) => sum + septetsOf(character), 0);
}

/**
 * Counts the SMS parts of a text in the GSM 7-bit alphabet. A character of the extension table is not split over two
 * parts, so a part may end one septet early.
 */
export function countSmsParts(text: string): number {
  if (text === '') return 0;
  if (countSeptets(text) <= SINGLE_SEPTETS) return 1;
  let parts = 1;
  let used = 0;
  for (const character of text) {
    const septets = septetsOf(character);
    if (used + septets > PART_SEPTETS) {
      parts += 1;
      used = 0;
    }
    used += septets;
  }
  return parts;
}

function septetsOf(character: string): 1 | 2 {
  return EXTENSION.has(character) ? 2 : 1;
}

/** Look-alikes, for characters that Unicode does not decompose. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'd'],
  ['Ð', 'D'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['ħ', 'h'],
  ['Ħ', 'H'],
  ['ı', 'i'],
  ['ŋ', 'n'],
  ['Ŋ', 'N'],
  ['ẞ', 'SS'],
  ['μ', 'u'],
  ['°', 'o'],
  ['©', '(c)'],
  ['®', '(r)'],
  ['×', 'x'],
  ['÷', '/'],
  ['⁄', '/'],
  ['−', '-'],
  ['·', '-'],
  ['•', '-'],
  ['‘', "'"],
  ['’', "'"],
  ['‚', "'"],
  ['‛', "'"],
  ['′', "'"],
  ['´', "'"],
  ['ʼ', "'"],
  ['`', "'"],
  ['‹', "'"],
  ['›', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['‟', '"'],
  ['″', '"'],
  ['«', '"'],
  ['»', '"'],
  ['\t', ' '],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
]);

/**
 * Returns the nearest spelling of one character (grapheme cluster) in the GSM 7-bit alphabet, or '' without one: ç →
 * c, œ → oe, ’ → ', … → ..., but 😀 → nothing.
 */
export function transliterate(cluster: string): string {
  if (isGsm7(cluster)) return cluster;
  const composed = cluster.normalize('NFC');
  if (isGsm7(composed)) return composed;
  const whole = LOOK_ALIKES.get(cluster);
  if (whole !== undefined) return whole;
  return [...cluster].map(spellCodePoint).join('');
}

/** Spells each code point separately, so that an unknown mark does not remove its letter, or the reverse. */
function spellCodePoint(codePoint: string): string {
  const spelled = [...codePoint.normalize('NFKD')].map(spellCharacter).join('');
  return isGsm7(spelled) ? spelled : '';
}

/** Spells one decomposed character; drops accents and joiners, simplifies dashes and spaces. */
function spellCharacter(character: string): string {
  if (/[\p{M}\p{Cf}]/u.test(character)) return '';
  if (/\p{Pd}/u.test(character)) return '-';
  if (/\p{Zs}/u.test(character)) return ' ';
  return LOOK_ALIKES.get(character) ?? character;
}
