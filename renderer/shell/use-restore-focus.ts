import { useEffect } from 'react';

/** Restores lost focus while the page is shown. Loads after the page, and handles focus lost before. */
export function useRestoreFocus(): void {
  useEffect(() => {
    let stop = (): void => {};
    let isGone = false;
    void import('./restore-focus.ts').then(({ restoreFocus: keepFocus }) => {
      if (!isGone) stop = keepFocus();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, []);
}
