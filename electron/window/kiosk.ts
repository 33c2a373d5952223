import type { BrowserWindow } from 'electron/main';

/** Whether the setting makes this PC a kiosk. The window's full screen does not prove it: anybody can leave that. */
export type Kiosk = {
  readonly isOn: () => boolean;
  readonly set: (wish: 'on' | 'off') => void;
};

type KioskWindow = Pick<BrowserWindow, 'setKiosk' | 'isDestroyed' | 'isVisible'> & {
  readonly on: (event: 'leave-full-screen', listener: () => void) => unknown;
};

/** Creates the kiosk mode of a window. If the window leaves full screen by a system key, it goes back. */
export function openKiosk(window: KioskWindow): Kiosk {
  let isOn = false;
  window.on('leave-full-screen', () => {
    // Wait: the system is still changing the window, and on macOS a window that a manager hides leaves its full screen
    // first.
    setImmediate(() => {
      if (isOn && !window.isDestroyed() && window.isVisible()) window.setKiosk(true);
    });
  });
  return {
    isOn: () => isOn,
    set: (wish) => {
      isOn = wish === 'on';
      window.setKiosk(isOn);
    },
  };
}

/**
 * Handles closing a kiosk: closes it where no PIN is needed, else the page asks for the PIN. SECURITY: fails closed,
 * because an unreadable database does not prove that there is no PIN.
 */
export async function askToLeave(parts: {
  /** Whether closing needs no PIN. */
  readonly mayLeave: () => Promise<boolean>;
  readonly leave: () => void;
  readonly askPin: () => void;
  readonly reportBug: (error: unknown) => void;
}): Promise<void> {
  try {
    if (await parts.mayLeave()) return parts.leave();
  } catch (error) {
    parts.reportBug(error);
  }
  parts.askPin();
}
