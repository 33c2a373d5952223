import { isOpen, type Invitation } from '../../shared/invitation.ts';

/**
 * Inserts a changed invitation into the shown part of the history if it is finished, unless its place is beyond the
 * shown part and more can be loaded.
 */
export function mergeChange(
  shown: readonly Invitation[],
  changed: Invitation,
  hasMore: boolean,
): Invitation[] {
  const others = shown.filter(({ id }) => id !== changed.id);
  if (isOpen(changed)) return others;
  const at = others.findIndex((other) => isNewer(changed, other));
  if (at === -1) return hasMore ? others : [...others, changed];
  return others.toSpliced(at, 0, changed);
}

/** Replaces a changed invitation in the shown part; removes it if it is open again. */
export function replaceChanged(
  shown: readonly Invitation[],
  changed: Invitation,
): readonly Invitation[] {
  return isOpen(changed)
    ? shown.filter(({ id }) => id !== changed.id)
    : shown.map((one) => (one.id === changed.id ? changed : one));
}

/** Appends the next page to the shown part; an invitation that moved between the two reads appears once. */
export function joinPages(shown: readonly Invitation[], next: readonly Invitation[]): Invitation[] {
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...next.filter(({ id }) => !known.has(id))];
}

/** Newest first; with the same instant by id, in the database's paging order. */
function isNewer(one: Invitation, other: Invitation): boolean {
  return one.queuedAt === other.queuedAt ? one.id > other.id : one.queuedAt > other.queuedAt;
}
