import type * as z from 'zod/mini';

/**
 * A stored row that this version would not write: from another version, or edited by a person. Readers skip it and
 * leave it unchanged, so that it never blocks the others. Carries no personal data: only the place and the problem.
 */
export type BadRow = {
  readonly table: 'invitation' | 'attempt' | 'setting' | 'remembered';
  readonly key: string;
  readonly why: string;
};

/** Must not throw. Called once per row while the store is open. */
export type OnBadRow = (row: BadRow) => void;

/** Reports each row only once. */
export function onceEach(onBadRow: OnBadRow): OnBadRow {
  const met = new Set<string>();
  return (row) => {
    const place = `${row.table}/${row.key}`;
    if (met.has(place)) return;
    met.add(place);
    onBadRow(row);
  };
}

/** Lists where a value is wrong and how; never the value itself. */
export function describeIssues(error: z.core.$ZodError): string {
  return error.issues
    .map(({ path, code }) => (path.length === 0 ? code : `${path.join('.')}: ${code}`))
    .join(', ');
}
