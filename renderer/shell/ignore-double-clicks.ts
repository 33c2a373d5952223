/**
 * Turns every double click on a button into one press, because many people double-click everything: the second click
 * would act on the result of the first, or on a new element in its place. A held Enter also presses a button only
 * once. A double click on text still selects a word.
 */
export function ignoreDoubleClicks(window: Window): void {
  let pressed: EventTarget | null = null;
  /** Whether a click or press is the ignored second one of a double click. */
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
