import type { BrowserWindow } from 'electron/main';

/** Whether this PC is a kiosk, as the setting says. The full screen of the window tells nothing: anybody can end that. */
export type Kiosk = {
  readonly isOn: () => boolean;
  readonly set: (wish: 'on' | 'off') => void;
};

type KioskWindow = Pick<BrowserWindow, 'setKiosk' | 'isDestroyed' | 'isVisible'> & {
  readonly on: (event: 'leave-full-screen', listener: () => void) => unknown;
};

/** The kiosk of a window. One that leaves its full screen by a key of the system goes back into it. */
export function openKiosk(window: KioskWindow): Kiosk {
  let isOn = false;
  window.on('leave-full-screen', () => {
    // The system is still at it, and on macOS a window that a manager puts away leaves its full screen first.
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
 * Somebody closes a kiosk: whoever needs no PIN does, and the page asks all others. SECURITY: what fails here keeps it
 * closed to them, because a log that cannot be read is no PIN.
 */
export async function askToLeave(parts: {
  /** Leaves where that takes no PIN. */
  readonly leave: () => Promise<{ readonly ok: boolean }> | { readonly ok: boolean };
  readonly askPin: () => void;
  readonly reportBug: (error: unknown) => void;
}): Promise<void> {
  try {
    const reply = await parts.leave();
    if (reply.ok) return;
  } catch (error) {
    parts.reportBug(error);
  }
  parts.askPin();
}
