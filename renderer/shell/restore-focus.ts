/** Where the focus goes when what had it is gone: the field or the title with which a part of the page begins. */
const HOME = '[data-home]';
const REACHED_BY_TAB = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** An element that once was in the page, and as which child of it the next one stood. */
type Place = { readonly parent: Element; readonly at: number };

/**
 * Nothing that goes away takes the focus with it to nowhere: a row that was removed leaves it to the row that comes after,
 * a button to what stands in its place, everything else to where its part of the page begins. Whoever sets the focus
 * elsewhere in the same moment has the last word. Returns how to stop.
 */
export function restoreFocus(): () => void {
  let last: HTMLElement | null = null;
  let places: readonly Place[] = [];
  /** Nothing could take the focus when it was lost: what appears next may. */
  let isHeirless = false;
  let passing: ReturnType<typeof setTimeout> | undefined;

  const remember = (element: Element | null): void => {
    last = element instanceof HTMLElement && element !== document.body ? element : null;
    places = last === null ? [] : placesOf(last);
    isHeirless = false;
    clearTimeout(passing);
    passing = undefined;
  };
  const passOn = (): void => {
    passing = undefined;
    const has = document.activeElement;
    if ((has !== document.body && has !== last) || (last !== null && canHold(last))) return;
    const heir = last === null ? homeIn(document.body) : heirOf(places);
    isHeirless = heir === null;
    heir?.focus();
  };
  const onFocus = ({ target }: FocusEvent): void =>
    remember(target instanceof Element ? target : null);
  // A click beside everything gives the focus up, and that is meant.
  const onClick = (): void => remember(document.activeElement);
  const observer = new MutationObserver((changes) => {
    if (last === null && !isHeirless) return;
    const has = document.activeElement;
    // What is hidden or disabled keeps the focus until the next frame, and then nobody would be told.
    const mayLose = isHeirless || changes.some(({ type }) => type === 'attributes');
    if (has !== document.body && (has !== last || !mayLose)) return;
    // Later: this may run while the browser itself moves the focus, as it does when Escape closes a dialog.
    if (last === null || !canHold(last)) passing ??= setTimeout(passOn);
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['open', 'disabled', 'hidden'],
  });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('click', onClick, { capture: true });
  remember(document.activeElement);
  // It may have been lost before anybody kept it.
  passOn();
  return () => {
    clearTimeout(passing);
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('click', onClick, { capture: true });
  };
}

function placesOf(element: Element): readonly Place[] {
  const parent = element.parentElement;
  if (parent === null) return [];
  return [{ parent, at: [...parent.children].indexOf(element) }, ...placesOf(parent)];
}

function heirOf(places: readonly Place[]): HTMLElement | null {
  for (const { parent, at } of places) {
    if (!parent.checkVisibility() || parent === document.body) continue;
    const next = parent.children[at] ?? parent.lastElementChild;
    const heir = parent.matches('ul, ol')
      ? rowIn(parent, next)
      : (homeIn(parent) ?? tabStopIn(next));
    if (heir !== null) return heir;
  }
  return null;
}

/** The next row where a row only opens; else the list: a key that is still held down must not remove the next one too. */
function rowIn(list: Element, row: Element | null): HTMLElement | null {
  if (row === null) return null;
  const opener = row.querySelector<HTMLElement>('summary');
  return opener ?? (list instanceof HTMLElement ? focusable(list) : null);
}

function homeIn(parent: Element): HTMLElement | null {
  const home = [...parent.querySelectorAll<HTMLElement>(HOME)].find((one) => one.checkVisibility());
  return home === undefined ? null : focusable(home);
}

function tabStopIn(parent: Element | null): HTMLElement | null {
  if (parent === null) return null;
  const all = [parent, ...parent.querySelectorAll(REACHED_BY_TAB)];
  const found = all.find((one) => one.matches(REACHED_BY_TAB) && canHold(one));
  return found instanceof HTMLElement && found.tabIndex >= 0 ? found : null;
}

function canHold(element: Element): boolean {
  return element.isConnected && element.checkVisibility() && !element.matches(':disabled');
}

/** A title or a list can have the focus when it is given to it, and never by Tab. */
function focusable(element: HTMLElement): HTMLElement {
  if (element.tabIndex < 0) element.tabIndex = -1;
  return element;
}
