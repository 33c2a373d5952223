import { cleanName } from '../customer-name.ts';
import { countSeptets, countSmsParts, isGsm7, transliterate } from './gsm7.ts';
import { findForeignPlaceholders, isLinkJoined } from './repair-message.ts';

export { findForeignPlaceholders, repairMessage } from './repair-message.ts';

/**
 * Partoo takes at most 286 characters in `invite_content`. Whether it counts characters or septets is not
 * documented; septets, with `@link` as written, are the stricter reading.
 */
export const MESSAGE_MAX = 286;

/** How much of a text is looked at and kept while it is written; what is sent is far shorter. */
export const MESSAGE_TYPED_MAX = 2_000;

/** Partoo puts the customer's own link in its place; it must be there (vendor page). */
const LINK = '@link';
/** Filled in here: Partoo documents no placeholder for the name in a custom text. */
const NAME = '{name}';

/** How long Partoo's link may be. Its length is not documented; short links lie in between. */
const LINK_LENGTH = { least: 15, most: 30 };

/**
 * A stretch of the typed text and what becomes of it: sent as it is, spelled with the letters that an SMS has,
 * or left out (`sent` is '').
 */
export type Piece = {
  readonly kind: 'kept' | 'changed' | 'removed';
  readonly typed: string;
  readonly sent: string;
};

/**
 * Shows what Partoo will send: the text with the name filled in, in the letters that an SMS has. The pieces
 * joined are the whole; each removed character is a piece of its own. `septets` count `@link` as five;
 * `smsParts` count it as 15 to 30, the range in which Partoo's link is taken to be.
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

/** Why a custom text cannot be sent. */
export const MESSAGE_PROBLEMS = [
  'no-link',
  'two-links',
  'too-long',
  /** A placeholder of another program, which would go out as it stands. */
  'placeholder',
  /** A link that would not work, because of what stands right beside it. */
  'link-joined',
] as const;
export type MessageProblem = (typeof MESSAGE_PROBLEMS)[number];

/**
 * Checks a custom text as it will be sent, not as it was typed: the link is there exactly once and by itself, no
 * placeholder is left, and it is not too long. A name cannot supply the link, nor add one.
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
 * Puts the name in the place of every `{name}`, in one pass, so that a name of "{name}" stays what it is. An "@"
 * in a name becomes a space: no name brings a link of its own. Without a name, or with one of which an SMS can
 * hold no letter, "Hello {name}, thanks" closes up to "Hello, thanks".
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
