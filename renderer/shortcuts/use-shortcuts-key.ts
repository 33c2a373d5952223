import { useEffect, useEffectEvent } from 'react';

/** Calls `onPress` for Ctrl or Cmd with "/", unless a dialog is open. */
export function useShortcutsKey(onPress: () => void): void {
  const latest = useEffectEvent(onPress);
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (!isShortcutsPress(event) || document.querySelector('dialog:modal') !== null) return;
      event.preventDefault();
      latest();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** Whether a key press asks for the shortcuts: Ctrl or Cmd with "/", which many keyboards write with Shift. */
export function isShortcutsPress(
  event: Pick<globalThis.KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>,
): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.repeat && event.key === '/';
}
