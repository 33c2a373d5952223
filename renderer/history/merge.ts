import { OPEN_STATES, type Invitation } from '../../shared/invitation.ts';

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
  const open: readonly string[] = OPEN_STATES;
  if (open.includes(changed.progress.state)) return others;
  const at = others.findIndex((other) => isNewer(changed, other));
  if (at === -1) return hasMore ? others : [...others, changed];
  return others.toSpliced(at, 0, changed);
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
