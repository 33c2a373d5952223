import { useEffect } from 'react';

/** Keeps the focus in the page for as long as it is shown. Loaded after it, and makes good what was lost before. */
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
