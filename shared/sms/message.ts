import { cleanName } from '../customer-name.ts';
import { countSeptets, countSmsParts, isGsm7, transliterate } from './gsm7.ts';
import { findForeignPlaceholders, isLinkJoined } from './repair-message.ts';

export { findForeignPlaceholders, repairMessage } from './repair-message.ts';

/**
 * Partoo takes at most 286 characters in `invite_content`. Whether it counts characters or septets is not
 * documented; septets, with `@link` as written, are the stricter reading.
 */
export const MESSAGE_MAX = 286;

/** The longest text that the editor checks and keeps; sent texts are far shorter. */
export const MESSAGE_TYPED_MAX = 2_000;

/** Partoo replaces it by the customer's link; required (vendor page). */
const LINK = '@link';
/** Filled in by Deskbell: Partoo documents no placeholder for the name in a custom text. */
const NAME = '{name}';

/** The assumed length of Partoo's link. It is not documented; short links lie in between. */
const LINK_LENGTH = { least: 15, most: 30 };

/**
 * A piece of the typed text and its result: sent unchanged, spelled with the letters of an SMS, or removed (`sent` is
 * '').
 */
export type Piece = {
  readonly kind: 'kept' | 'changed' | 'removed';
  readonly typed: string;
  readonly sent: string;
};

/**
 * Previews Partoo's SMS: the text with the name filled in, in the letters of an SMS. The joined pieces are the whole;
 * each removed character is its own piece. `septets` count `@link` as five; `smsParts` count it as 15 to 30, the
 * assumed length of Partoo's link.
 */
export function previewMessage(
  text: string,
  values: { readonly name: string },
): {
  readonly pieces: readonly Piece[];
  readonly sent: string;
  readonly septets: number;
  readonly smsParts: { readonly least: number; readonly most: number };
} {
  const pieces = piecesOf(fillName(text, values.name));
  const sent = joinSent(pieces);
  const partsWith = (length: number): number =>
    countSmsParts(sent.replaceAll(LINK, 'x'.repeat(length)));
  return {
    pieces,
    sent,
    septets: countSeptets(sent),
    smsParts: { least: partsWith(LINK_LENGTH.least), most: partsWith(LINK_LENGTH.most) },
  };
}

/** Why a custom text is invalid. */
export const MESSAGE_PROBLEMS = [
  'no-link',
  'two-links',
  'too-long',
  /** A placeholder of another program, which would be sent unchanged. */
  'placeholder',
  /** A link that would not work because of the characters beside it. */
  'link-joined',
] as const;
export type MessageProblem = (typeof MESSAGE_PROBLEMS)[number];

/**
 * Checks a custom text as it will be sent, not as typed: exactly one separate link, no placeholder left, and not too
 * long. A name cannot add a link.
 */
export function checkMessage(
  text: string,
  values: { readonly name: string },
):
  | { readonly ok: true; readonly sent: string }
  | { readonly ok: false; readonly problem: MessageProblem } {
  if (text.length > MESSAGE_TYPED_MAX) return { ok: false, problem: 'too-long' };
  if (findForeignPlaceholders(text).length > 0) return { ok: false, problem: 'placeholder' };
  const { sent, septets } = previewMessage(text, values);
  const linksWithoutName = countLinks(spell(text.replaceAll(NAME, '\n')));
  if (linksWithoutName === 0) return { ok: false, problem: 'no-link' };
  if (countLinks(sent) > 1) return { ok: false, problem: 'two-links' };
  if (septets > MESSAGE_MAX) return { ok: false, problem: 'too-long' };
  if (isLinkJoined(spell(text.replaceAll(NAME, 'x')))) return { ok: false, problem: 'link-joined' };
  return { ok: true, sent };
}

function countLinks(sent: string): number {
  return sent.split(LINK).length - 1;
}

/**
 * Replaces every `{name}` in one pass, so that a name of "{name}" stays unchanged. An "@" in a name becomes a space,
 * so no name adds a link. Without a name, or with one that an SMS cannot spell, "Hello {name}, thanks" becomes "Hello,
 * thanks".
 */
function fillName(text: string, name: string): string {
  const oneKindOfLine = text.replace(/\r\n?/g, '\n');
  const safeName = cleanName(name.replace(/[@＠﹫]/g, ' '));
  if (spell(safeName).trim() !== '') return oneKindOfLine.replaceAll(NAME, () => safeName);
  return oneKindOfLine.replace(/(^|\n)\{name\}[ ,]*|[ \u00A0\u202F]?\{name\}/g, '$1');
}

function spell(text: string): string {
  return joinSent(piecesOf(text));
}

function joinSent(pieces: readonly Piece[]): string {
  return pieces.map(({ sent }) => sent).join('');
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { segment } of new Intl.Segmenter('und').segment(text)) {
    const before = pieces.at(-1);
    if (!isGsm7(segment)) {
      const sent = transliterate(segment);
      pieces.push({ kind: sent === '' ? 'removed' : 'changed', typed: segment, sent });
    } else if (before?.kind === 'kept') {
      const joined = before.typed + segment;
      pieces[pieces.length - 1] = { kind: 'kept', typed: joined, sent: joined };
    } else {
      pieces.push({ kind: 'kept', typed: segment, sent: segment });
    }
  }
  return pieces;
}
