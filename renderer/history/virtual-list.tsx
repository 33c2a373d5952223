import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { Invitation } from '../../shared/invitation.ts';
import type { RowPlace } from '../invitations/invitation-row.tsx';
import { nextRow } from './list-navigation.ts';

/** The assumed height of a closed row before it is measured. */
const ROW_PX = 72;
const OVERSCAN = 8;
/** How many rows before the end the next page is loaded. */
const AHEAD = 20;

type Props = {
  readonly invitations: readonly Invitation[];
  /** Whether older invitations can be loaded. */
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly label: string;
  readonly renderRow: (invitation: Invitation, place: RowPlace) => ReactNode;
};

/**
 * A list of any length that renders only the visible rows and the focused one: arrows, Home, End and the page keys
 * continue from there, wherever the list was scrolled to.
 */
export function VirtualList({ invitations, hasMore, onMore, label, renderRow }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const top = useTop(list);
  const { keptAt, keep, moveTo } = useKeptRow(list, invitations);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes anything here
  const virtual = useWindowVirtualizer({
    count: invitations.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (index) => invitations[index]?.id ?? index,
    rangeExtractor: (range) => withKept(range, keptAt),
  });
  const items = virtual.getVirtualItems();
  const lastSeen = virtual.range?.endIndex ?? 0;
  const isNearEnd = hasMore && lastSeen + OVERSCAN >= invitations.length - AHEAD;
  // A page can be short or empty when matches are rare: load the next one at once.
  useEffect(() => {
    if (isNearEnd) onMore();
  });
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const from = event.target instanceof HTMLElement && event.target.matches('summary');
    if (!from || keptAt === -1 || hasModifier(event)) return;
    const page = Math.floor((virtual.scrollRect?.height ?? 0) / ROW_PX) - 1;
    const to = nextRow(event.key, keptAt, { count: invitations.length, page });
    if (to === null) return;
    event.preventDefault();
    moveTo(to);
  };
  const before = (items.at(0)?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  return (
    <ul
      ref={list}
      className="rows virtual"
      aria-label={label}
      onFocus={keep}
      onBlur={keep}
      onKeyDown={onKeyDown}
      // Set through the style property, which the page's CSP allows; it blocks only styles in the markup.
      style={{ paddingTop: before, paddingBottom: after }}
    >
      {items.map(({ index, start }, at) => {
        const invitation = invitations[index];
        if (invitation === undefined) return null;
        const gapPx = at === 0 ? 0 : start - (items[at - 1]?.end ?? start);
        const setSize = hasMore ? -1 : invitations.length;
        return renderRow(invitation, { index, setSize, gapPx, measure: virtual.measureElement });
      })}
    </ul>
  );
}

/** Returns the offset of an element from the top of the page in pixels, also after changes above it. */
function useTop(element: { readonly current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- a change above renders it; an equal state ends it
  useLayoutEffect(() => setTop(element.current?.offsetTop ?? 0));
  useEffect(() => {
    const observer = new ResizeObserver(() => setTop(element.current?.offsetTop ?? 0));
    for (const above of elementsAbove(element.current)) observer.observe(above);
    return () => observer.disconnect();
  }, [element]);
  return top;
}

/** Returns all elements before an element, at its own level and those of its ancestors. */
function elementsAbove(element: Element | null): readonly Element[] {
  if (element === null || element === document.body) return [];
  const siblings = [...(element.parentElement?.children ?? [])];
  return [...siblings.slice(0, siblings.indexOf(element)), ...elementsAbove(element.parentElement)];
}

/** Keeps the focused row by its invitation: other rows may be inserted before it. */
function useKeptRow(
  list: { readonly current: HTMLUListElement | null },
  invitations: readonly Invitation[],
) {
  const [keptId, setKeptId] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const keptAt = keptId === null ? -1 : invitations.findIndex(({ id }) => id === keptId);
  useLayoutEffect(() => {
    if (wanted.current === null || wanted.current !== keptId) return;
    wanted.current = null;
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${keptAt}"] summary`);
    row?.focus();
    if (row instanceof HTMLElement) keepInView(row);
  });
  return {
    keptAt,
    /** Tracks the focus. Ignores that the whole window has lost it. */
    keep: ({ type, target, relatedTarget }: FocusEvent<HTMLUListElement>): void => {
      if (type === 'blur' && !document.hasFocus()) return;
      const next = type === 'blur' ? relatedTarget : target;
      const isInside = next instanceof Element && list.current?.contains(next) === true;
      const row = isInside ? next.closest<HTMLElement>('[data-index]') : null;
      setKeptId(row === null ? null : (invitations[Number(row.dataset['index'])]?.id ?? null));
    },
    moveTo: (index: number): void => {
      const id = invitations[index]?.id ?? null;
      wanted.current = id;
      setKeptId(id);
    },
  };
}

/**
 * Scrolls a focused row into view again after two frames: the virtualizer corrects the scroll position when it measures
 * rows for the first time, and may do so from the position before the focus moved.
 */
function keepInView(row: HTMLElement): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement === row) row.scrollIntoView({ block: 'nearest' });
    }),
  );
}

function withKept(range: Range, keptAt: number): number[] {
  const seen = defaultRangeExtractor(range);
  if (keptAt === -1 || seen.includes(keptAt)) return seen;
  return [...seen, keptAt].toSorted((one, other) => one - other);
}

function hasModifier({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey || shiftKey;
}
