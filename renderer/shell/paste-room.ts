/** More than a number, a name or a signature with both: the limit for fields without their own. */
const MOST = 2_000;

type Field = Pick<HTMLInputElement, 'value' | 'maxLength' | 'selectionStart' | 'selectionEnd'>;

/** Returns how many characters (UTF-16 units) a field can take in place of its selection. */
export function roomFor({ value, maxLength, selectionStart, selectionEnd }: Field): number {
  const most = maxLength < 0 ? MOST : maxLength;
  const selected = (selectionEnd ?? 0) - (selectionStart ?? 0);
  return Math.max(0, most - (value.length - selected));
}

/** Returns the beginning of a text, on one line and without cutting a character in two. */
export function firstOf(text: string, room: number): string {
  const line = text.slice(0, 2 * room).replaceAll(/[\r\n]+/g, ' ');
  const cut = line.slice(0, room);
  const isHalf = /[\uD800-\uDBFF]$/.test(cut);
  return isHalf ? cut.slice(0, -1) : cut;
}
