/**
 * Makes one press of every double click on a button, because many people double-click everything: the second half
 * would act on what the first one has just done, or on what has come into its place. It also lets a held Enter press a
 * button only once. A double click on the same text still selects a word.
 */
export function ignoreDoubleClicks(window: Window): void {
  let pressed: EventTarget | null = null;
  /** Whether a click or press is the second one of a double click that must do nothing. */
  const isIgnored = ({ detail, target }: MouseEvent): boolean =>
    detail > 1 && (target !== pressed || isInButton(target));
  window.addEventListener(
    'mousedown',
    (event) => {
      if (event.detail <= 1) pressed = event.target;
      // The browser would move the focus, and select the word below the pointer.
      if (event.button === 0 && isIgnored(event)) event.preventDefault();
    },
    { capture: true },
  );
  window.addEventListener(
    'click',
    (event) => {
      if (!isIgnored(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.repeat && event.key === 'Enter' && isInButton(event.target)) event.preventDefault();
    },
    { capture: true },
  );
}

function isInButton(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
