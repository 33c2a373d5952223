import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { Invitation } from '../../shared/invitation.ts';

/** How a closed row is high, before it is measured. */
const ROW_PX = 72;
const OVERSCAN = 8;
/** From how many rows before the end on more is loaded. */
const AHEAD = 20;

type Measured = { readonly index: number; readonly measure: (row: HTMLLIElement | null) => void };

type Props = {
  readonly invitations: readonly Invitation[];
  /** Something older can be loaded. */
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly label: string;
  readonly renderRow: (invitation: Invitation, place: Measured) => ReactNode;
};

/** A list of any length in which only the rows that can be seen exist. */
export function RowList({ invitations, hasMore, onMore, label, renderRow }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [invitations.length]);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes anything here
  const virtual = useWindowVirtualizer({
    count: invitations.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (index) => invitations[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const isNearEnd = hasMore && last >= invitations.length - AHEAD;
  // A part can be short or empty where what is looked for is rare: then the next one is asked for at once.
  useEffect(() => {
    if (isNearEnd) onMore();
  });
  const before = (items.at(0)?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  return (
    <ul
      ref={list}
      className="rows virtual"
      aria-label={label}
      // Set on the element's own style, which the page's policy allows; it forbids only styles in the markup.
      style={{ paddingTop: before, paddingBottom: after }}
    >
      {items.map(({ index }) => {
        const invitation = invitations[index];
        if (invitation === undefined) return null;
        return renderRow(invitation, { index, measure: virtual.measureElement });
      })}
    </ul>
  );
}
