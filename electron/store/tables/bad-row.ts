import type * as z from 'zod/mini';

/**
 * A stored row that is not what this version writes: another version's, or a hand's. It is left out and left alone,
 * so that it never blocks the others. Carries no personal data: a place and what is wrong there.
 */
export type BadRow = {
  readonly table: 'invitation' | 'attempt' | 'setting' | 'remembered';
  readonly key: string;
  readonly why: string;
};

/** Must not throw. Called once per row for as long as the store is open. */
export type OnBadRow = (row: BadRow) => void;

/** Passes each row on only the first time that it is met. */
export function onceEach(onBadRow: OnBadRow): OnBadRow {
  const met = new Set<string>();
  return (row) => {
    const place = `${row.table}/${row.key}`;
    if (met.has(place)) return;
    met.add(place);
    onBadRow(row);
  };
}

/** Where a value is wrong and in which way; never the value itself. */
export function describeIssues(error: z.core.$ZodError): string {
  return error.issues
    .map(({ path, code }) => (path.length === 0 ? code : `${path.join('.')}: ${code}`))
    .join(', ');
}
