/**
 * The GSM 7-bit default alphabet and its extension table, 3GPP TS 23.038 §6.2.1 and §6.2.1.1. Everything else
 * is what Partoo calls "unicode" and removes.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

/** One SMS, and each part of a longer one, whose header takes seven septets. */
const SINGLE_SEPTETS = 160;
const PART_SEPTETS = 153;

/** True when every character of `text` is in the GSM 7-bit alphabet. */
export function isGsm7(text: string): boolean {
  return [...text].every((character) => BASIC.has(character) || EXTENSION.has(character));
}

/** The septets of a text in the GSM 7-bit alphabet: characters of the extension table take two. */
export function countSeptets(text: string): number {
  return [...text].reduce((sum, character) => sum + septetsOf(character), 0);
}

/**
 * The SMS that a text in the GSM 7-bit alphabet takes. A character of the extension table is not split over
 * two parts, so a part may end one septet early.
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

/** What looks or reads like it, for characters that Unicode does not decompose into it. */
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
 * The nearest spelling of one character (grapheme cluster) in the GSM 7-bit alphabet, or '' when there is none:
 * ç → c, œ → oe, ’ → ', … → ..., but 😀 → nothing.
 */
export function transliterate(cluster: string): string {
  if (isGsm7(cluster)) return cluster;
  const composed = cluster.normalize('NFC');
  if (isGsm7(composed)) return composed;
  const whole = LOOK_ALIKES.get(cluster);
  if (whole !== undefined) return whole;
  return [...cluster].map(spellCodePoint).join('');
}

/** Each on its own, so that what clings to a letter, or a letter clings to, does not take it along. */
function spellCodePoint(codePoint: string): string {
  const spelled = [...codePoint.normalize('NFKD')].map(spellCharacter).join('');
  return isGsm7(spelled) ? spelled : '';
}

/** One decomposed character; accents and joiners go, dashes and spaces become plain. */
function spellCharacter(character: string): string {
  if (/[\p{M}\p{Cf}]/u.test(character)) return '';
  if (/\p{Pd}/u.test(character)) return '-';
  if (/\p{Zs}/u.test(character)) return ' ';
  return LOOK_ALIKES.get(character) ?? character;
}
