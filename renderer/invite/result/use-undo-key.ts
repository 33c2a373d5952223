import { useEffect, useEffectEvent } from 'react';
import type { UndoKey } from './use-undo.ts';

/**
 * Handles Ctrl or Cmd with Z for the undo that the screen offers; null: there is none, or the form has an undo of its
 * own. In every other focused text the key belongs to that text, even when it is empty.
 */
export function useUndoKey(way: UndoKey | null, onUndo: (way: UndoKey) => Promise<void>): void {
  const latest = useEffectEvent(onUndo);
  useEffect(() => {
    if (way === null) return undefined;
    const listener = (event: globalThis.KeyboardEvent): void => {
      // The phone field has put its own text back.
      if (!isUndoPress(event) || event.defaultPrevented) return;
      if (isOtherText(event.target) || document.querySelector('dialog:modal') !== null) return;
      event.preventDefault();
      // A key that is held down counts as one press.
      if (!event.repeat) void latest(way);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [way]);
}

/** Whether a key press means undo: Ctrl or Cmd with Z. */
export function isUndoPress(
  event: Pick<globalThis.KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): boolean {
  const isPlain = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  return isPlain && event.key.toLowerCase() === 'z';
}

const CUSTOMER_FIELDS = ['phone', 'name'];

/** Whether a text field is another one than the customer's number and name. */
function isOtherText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  const hasNoText = target.type === 'checkbox' || target.type === 'radio';
  return !hasNoText && !CUSTOMER_FIELDS.includes(target.dataset['field'] ?? '');
}
