import { useEffect } from 'react';

/**
 * Keeps undo and redo in the focused field. Chromium has one stack for the whole page: when the field has nothing left
 * to undo, it would change another field, even one that is not on the screen.
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
