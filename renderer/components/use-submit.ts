import { useRef, type SyntheticEvent } from 'react';

/** Two Enters in one go are a slip of the finger. */
const SLIP_MS = 600;

/** A press that submits a form: what was typed then, and when, by the page's own clock in milliseconds. */
export type Press = { readonly text: string; readonly atMs: number };

/**
 * Whether a press only repeats the one before: it comes at once, and nothing was typed since. The first one may have emptied
 * the field by then.
 */
export function isRepeated(press: Press, before: Press | null): boolean {
  if (before === null || press.atMs - before.atMs >= SLIP_MS) return false;
  return press.text === '' || press.text === before.text;
}

/** Submits a form with this text in it once for each press that is meant, so that what is said of the first one stays. */
export function useSubmit(
  text: string,
  submit: () => void,
): (event: Pick<SyntheticEvent, 'preventDefault' | 'timeStamp'>) => void {
  const before = useRef<Press | null>(null);
  return (event) => {
    event.preventDefault();
    const press = { text, atMs: event.timeStamp };
    const isSlip = isRepeated(press, before.current);
    before.current = press;
    if (!isSlip) submit();
  };
}
