import { useEffect } from 'react';

/**
 * Keeps undo and redo in the field that has the focus. Chromium has one stack of them for the whole page: where the field
 * has nothing left to undo, it would change another one, and even one that is not on the screen.
 */
export function useUndoInField(): void {
  useEffect(() => {
    const listener = (event: InputEvent): void => {
      const isHistory = event.inputType === 'historyUndo' || event.inputType === 'historyRedo';
      if (isHistory && event.target !== document.activeElement) event.preventDefault();
    };
    window.addEventListener('beforeinput', listener, { capture: true });
    return () => window.removeEventListener('beforeinput', listener, { capture: true });
  }, []);
}
