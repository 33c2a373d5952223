import { HIDDEN_MARKS } from './direction.ts';

/** Partoo takes at most 255 characters in `target_name` (vendor page). */
const NAME_MAX = 255;

/** What Partoo replaces by its link wherever it stands in a text, its own template with the name in it included. */
const LINK_SIGN = /[@＠﹫]+(?=link)/giu;

/**
 * A name as it is stored and sent: one line, single spaces, at most 255 characters (UTF-16 units), a letter or
 * emoji never cut in two, and never with a link of
 * its own. Never throws; cleaning twice changes nothing.
 */
export function cleanName(text: string): string {
  return cutAtCharacter(oneLineOf(text)).trim();
}

/** Whether the end of a name would be cut off. */
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
  // What is beyond the cut decides whether its last character is whole, but not by more than this.
  const near = text.slice(0, 2 * NAME_MAX);
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und').segment(near)) {
    if (index + segment.length > NAME_MAX) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
