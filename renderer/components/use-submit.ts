import { useEffect, useRef, type SyntheticEvent } from 'react';

/** Two Enters within this time count as one. */
const SLIP_MS = 600;

/** A press that submits a form: the text at that moment, and the time by the page's own clock in milliseconds. */
export type Press = { readonly text: string; readonly atMs: number };

/**
 * Whether a press only repeats the one before: it follows at once, and nothing was typed between. The first one may
 * have emptied the field already.
 */
export function isRepeated(press: Press, before: Press | null): boolean {
  if (before === null || press.atMs - before.atMs >= SLIP_MS) return false;
  return press.text === '' || press.text === before.text;
}

/** Submits a form once per intended press, so that the message of the first one stays. */
export function useSubmit(
  text: string,
  submit: () => void,
): (event: Pick<SyntheticEvent, 'preventDefault' | 'timeStamp'>) => void {
  const before = useRef<Press | null>(null);
  // Typing starts again. An emptied field is the result of the first press.
  useEffect(() => {
    if (text !== '' && text !== before.current?.text) before.current = null;
  }, [text]);
  return (event) => {
    event.preventDefault();
    const press = { text, atMs: event.timeStamp };
    const isSlip = isRepeated(press, before.current);
    before.current = press;
    if (!isSlip) submit();
  };
}
