import { useMemo, useState } from 'react';

/** A removed entry, and its position in the list. */
export type Removed<T> = { readonly item: T; readonly at: number };
export type ListRow<T> = { readonly item: T; readonly isRemoved: boolean };

/** Returns the rows of a stored list: removed entries keep their place, so that nothing moves under the pointer. */
export function rowsOf<T>(
  stored: readonly T[],
  removed: readonly Removed<T>[],
  keyOf: (item: T) => string,
): readonly ListRow<T>[] {
  const there = new Set(stored.map(keyOf));
  return removed
    .filter(({ item }) => !there.has(keyOf(item)))
    .toSorted((one, other) => one.at - other.at)
    .reduce<readonly ListRow<T>[]>(
      (rows, { item, at }) => [...rows.slice(0, at), { item, isRemoved: true }, ...rows.slice(at)],
      stored.map((item) => ({ item, isRemoved: false })),
    );
}

/** Puts an entry back behind its former predecessor; returns the list unchanged when it is there already. */
export function putBack<T>(
  stored: readonly T[],
  item: T,
  rows: readonly ListRow<T>[],
  keyOf: (item: T) => string,
): readonly T[] {
  const key = keyOf(item);
  if (stored.some((one) => keyOf(one) === key)) return stored;
  const place = rows.findIndex((row) => keyOf(row.item) === key);
  const before = new Set(rows.slice(0, Math.max(0, place)).map((row) => keyOf(row.item)));
  const at = stored.findLastIndex((one) => before.has(keyOf(one))) + 1;
  return [...stored.slice(0, at), item, ...stored.slice(at)];
}

type Parts<T> = {
  readonly stored: readonly T[];
  /** Must keep its identity. */
  readonly keyOf: (item: T) => string;
  /** Saves the list that `next` returns for the currently stored one; resolves to whether it was saved. */
  readonly change: (next: (list: readonly T[]) => readonly T[], said: T | null) => Promise<boolean>;
};

/** A list in Settings whose removed entries can be restored until the section is left. */
export function useRemovals<T>({ stored, keyOf, change }: Parts<T>) {
  const [removed, setRemoved] = useState<readonly Removed<T>[]>([]);
  const rows = useMemo(() => rowsOf(stored, removed, keyOf), [stored, removed, keyOf]);
  const withoutKey = (list: readonly T[], item: T): readonly T[] =>
    list.filter((one) => keyOf(one) !== keyOf(item));
  return {
    rows,
    remove: async (item: T): Promise<void> => {
      const at = rows.findIndex((row) => keyOf(row.item) === keyOf(item));
      if (!(await change((list) => withoutKey(list, item), item))) return;
      setRemoved((before) => [
        ...before.filter((one) => keyOf(one.item) !== keyOf(item)),
        { item, at },
      ]);
    },
    undo: async (item: T): Promise<void> => {
      await change((list) => putBack(list, item, rows, keyOf), null);
    },
  };
}
