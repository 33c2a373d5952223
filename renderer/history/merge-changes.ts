import { isOpen, type Invitation } from '../../shared/invitation.ts';

/**
 * The shown part of the history after one invitation has changed: a finished one takes its place, unless that lies
 * beyond what is shown and more can be loaded.
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

/** The shown part with one of its invitations as it is now; one that is open again goes. */
export function replaceChanged(
  shown: readonly Invitation[],
  changed: Invitation,
): readonly Invitation[] {
  return isOpen(changed)
    ? shown.filter(({ id }) => id !== changed.id)
    : shown.map((one) => (one.id === changed.id ? changed : one));
}

/** The shown part with the next one behind it; an invitation that moved meanwhile is shown once. */
export function joinPages(shown: readonly Invitation[], next: readonly Invitation[]): Invitation[] {
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...next.filter(({ id }) => !known.has(id))];
}

/** Newest first; those of the same instant by id, as the log pages them. */
function isNewer(one: Invitation, other: Invitation): boolean {
  return one.queuedAt === other.queuedAt ? one.id > other.id : one.queuedAt > other.queuedAt;
}
