import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** The gap between the focused field and the dock, in CSS pixels. */
const GAP_PX = 8;

/** The message about the last Enter: why it was refused, or what it asks. */
const MESSAGE = '.send .hint[role="alert"]';

/**
 * Keeps the focused field clear of the dock at the foot of the form, however the dock, the page or the window changes:
 * never scrolls a field behind it, and scrolls the field back into view when the dock covers it (WCAG 2.4.11). The
 * verdict stays in view with the phone field where both fit.
 *
 * `attempt` changes with each Enter that was refused or that asked a question: its message is scrolled into view before
 * the next key is handled, with the field where both fit. The returned function tells whether it is still in view.
 */
export function useScrollAboveDock(
  form: RefObject<HTMLFormElement | null>,
  attempt: string,
): () => boolean {
  /** Whether the message is more important than the field: until the next input or focus. */
  const isMessageFirst = useRef(false);
  useEffect(() => {
    const element = form.current;
    const dock = element?.querySelector<HTMLElement>('.dock');
    const results = element?.querySelector<HTMLElement>('.results');
    if (element === null || !dock || !results) return undefined;
    const root = document.documentElement;
    const makeRoom = (): void => {
      // In a low window only the results are sticky.
      const inView = getComputedStyle(dock).position === 'sticky' ? dock : results;
      const { offsetHeight } = inView;
      root.style.scrollPaddingBottom = offsetHeight === 0 ? '' : `${offsetHeight + GAP_PX}px`;
      scrollToField(element, isMessageFirst.current);
    };
    const showField = (): void => {
      isMessageFirst.current = false;
      scrollToField(element, false);
    };
    const onFocus = (): void => {
      isMessageFirst.current = false;
    };
    const observer = new ResizeObserver(makeRoom);
    // The page too: a verdict or a banner that comes late moves the field without changing the dock.
    for (const part of [dock, results, document.body]) observer.observe(part);
    window.addEventListener('resize', makeRoom);
    element.addEventListener('input', showField);
    element.addEventListener('focusin', onFocus);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', makeRoom);
      element.removeEventListener('input', showField);
      element.removeEventListener('focusin', onFocus);
      root.style.scrollPaddingBottom = '';
    };
  }, [form]);
  useLayoutEffect(() => {
    const element = form.current;
    if (element === null || element.querySelector(MESSAGE) === null) return;
    isMessageFirst.current = true;
    scrollToField(element, true);
  }, [form, attempt]);
  return () => isInView(form.current?.querySelector(MESSAGE) ?? null);
}

/** Scrolls the focused field into view, with the verdict or the message where both fit. */
function scrollToField(form: HTMLFormElement, isMessageFirst: boolean): void {
  const focused = document.activeElement;
  const isInForm = focused !== null && form.contains(focused);
  const field = isInForm && focused.closest('.dock') === null ? focused : null;
  const isPhone = field?.matches('[data-field="phone"]') === true;
  // The last one is certain to be in view.
  const parts = [
    isPhone ? form.querySelector('.verdict') : null,
    field,
    isMessageFirst ? form.querySelector(MESSAGE) : null,
  ];
  for (const part of parts) part?.scrollIntoView({ block: 'nearest' });
}

/** Whether the middle of an element is in the window with nothing above it. */
function isInView(element: Element | null): boolean {
  if (element === null) return false;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return there !== null && (there === element || element.contains(there));
}
