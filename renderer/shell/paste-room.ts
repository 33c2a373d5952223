/** More than a number, a name or a signature with both; a field without a limit of its own takes no more. */
const MOST = 2_000;

type Field = Pick<HTMLInputElement, 'value' | 'maxLength' | 'selectionStart' | 'selectionEnd'>;

/** How many characters (UTF-16 units) a field still takes in the place of what is selected in it. */
export function roomFor({ value, maxLength, selectionStart, selectionEnd }: Field): number {
  const most = maxLength < 0 ? MOST : maxLength;
  const selected = (selectionEnd ?? 0) - (selectionStart ?? 0);
  return Math.max(0, most - (value.length - selected));
}

/** The beginning of a text, in one line and with no character cut in two. */
export function firstOf(text: string, room: number): string {
  const line = text.slice(0, 2 * room).replaceAll(/[\r\n]+/g, ' ');
  const cut = line.slice(0, room);
  const isHalf = /[\uD800-\uDBFF]$/.test(cut);
  return isHalf ? cut.slice(0, -1) : cut;
}
