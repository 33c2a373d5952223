import { useEffect, type RefObject } from 'react';

/** The gap between the focused field and the dock, in CSS pixels. */
const GAP_PX = 8;

/**
 * Keeps the focused field clear of the dock at the foot of the form, however the dock, the page or the window changes:
 * never scrolls a field behind it, and scrolls the field back into view when the dock covers it (WCAG 2.4.11).
 */
export function useScrollAboveDock(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const find = (part: string): HTMLElement | null =>
      form.current?.querySelector<HTMLElement>(part) ?? null;
    const dock = find('.dock');
    const results = find('.results');
    if (dock === null || results === null) return undefined;
    const root = document.documentElement;
    const makeRoom = (): void => {
      // In a low window only the results are sticky.
      const inView = getComputedStyle(dock).position === 'sticky' ? dock : results;
      const { offsetHeight } = inView;
      root.style.scrollPaddingBottom = offsetHeight === 0 ? '' : `${offsetHeight + GAP_PX}px`;
      const focused = document.activeElement;
      const isBehind = form.current?.contains(focused) === true && !dock.contains(focused);
      if (isBehind) focused?.scrollIntoView({ block: 'nearest' });
    };
    const observer = new ResizeObserver(makeRoom);
    // The page too: a verdict or a banner that comes late moves the field without changing the dock.
    for (const part of [dock, results, document.body]) observer.observe(part);
    window.addEventListener('resize', makeRoom);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', makeRoom);
      root.style.scrollPaddingBottom = '';
    };
  }, [form]);
}
