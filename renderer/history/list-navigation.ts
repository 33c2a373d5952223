/** Returns the row that a key moves the focus to; null for a key without a function in lists. */
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
