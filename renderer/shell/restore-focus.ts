/** The fallback for the focus: the field or the title at the start of a part of the page. */
const HOME = '[data-home]';
const REACHED_BY_TAB = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** A former element of the page, and its next sibling's index. */
type Place = { readonly parent: Element; readonly at: number };

/**
 * Restores the focus when its element disappears: from a removed row to the next row, from a button to its
 * replacement, otherwise to the start of its part of the page. Code that moves the focus at the same moment has
 * priority. Returns a function that stops this.
 */
export function restoreFocus(): () => void {
  let last: HTMLElement | null = null;
  let places: readonly Place[] = [];
  /** Whether nothing could take the focus when it was lost: the next new element may. */
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
  // A click beside all elements drops the focus on purpose.
  const onClick = (): void => remember(document.activeElement);
  const observer = new MutationObserver((changes) => {
    if (last === null && !isHeirless) return;
    const has = document.activeElement;
    // A hidden or disabled element keeps the focus until the next frame, without an event after that.
    const mayLose = isHeirless || changes.some(({ type }) => type === 'attributes');
    if (has !== document.body && (has !== last || !mayLose)) return;
    // Later: this may run while the browser itself moves the focus, as after Escape in a dialog.
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
  // The focus may have been lost before this started.
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

/** Returns the next row if rows only open; else the list: a held key must not remove the next row too. */
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

/** Makes a title or a list focusable by script, not by Tab. */
function focusable(element: HTMLElement): HTMLElement {
  if (element.tabIndex < 0) element.tabIndex = -1;
  return element;
}
