/** Which row of a list a key goes to from the one that has the focus; null for a key that goes nowhere in a list. */
export function nextRow(
  key: string,
  from: number,
  list: { readonly count: number; readonly page: number },
): number | null {
  const last = list.count - 1;
  const step = stepsOf(key, list.page, list.count);
  return step === null ? null : Math.min(Math.max(from + step, 0), last);
}

function stepsOf(key: string, page: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return Math.max(1, page);
    case 'PageUp':
      return -Math.max(1, page);
    case 'Home':
      return -count;
    case 'End':
      return count;
    default:
      return null;
  }
}
