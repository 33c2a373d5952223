import { useEffect, useEffectEvent } from 'react';
import { MINUTE_MS } from '../../shared/time.ts';

/** Long enough to spell a name with a customer, short enough that the next one in the queue cannot read it. */
const LEFT_ALONE_MS = 2 * MINUTE_MS;

/** Calls `onLeft` when the window was not used for a while and shows something to protect. */
export function useIdle(isAnythingThere: boolean, onLeft: () => void): void {
  const latest = useEffectEvent(onLeft);
  useEffect(() => {
    if (!isAnythingThere) return undefined;
    let touchedAt = performance.now();
    const touch = (): void => {
      touchedAt = performance.now();
    };
    const look = (): void => {
      const restMs = touchedAt + LEFT_ALONE_MS - performance.now();
      if (restMs <= 0) latest();
      else timer = setTimeout(look, restMs);
    };
    let timer = setTimeout(look, LEFT_ALONE_MS);
    window.addEventListener('keydown', touch, { capture: true });
    window.addEventListener('pointerdown', touch, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', touch, { capture: true });
      window.removeEventListener('pointerdown', touch, { capture: true });
    };
  }, [isAnythingThere]);
}
