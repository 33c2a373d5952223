import type { BrowserWindow } from 'electron/main';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EventDetail } from '../../shared/ipc/contract.ts';

export type PageEvents = {
  /** Sends an event to the page, then calls the listeners. */
  readonly emit: <N extends EventName>(name: N, detail: EventDetail<N>) => void;
  /** Calls `listener` after each later event: what the page shows has changed. */
  readonly onEmit: (listener: (name: EventName) => void) => void;
};

/** Creates the events that the main process sends to the page, and that the desktop integration hears too. */
export function createPageEvents(
  window: Pick<BrowserWindow, 'isDestroyed'> & {
    readonly webContents: Pick<BrowserWindow['webContents'], 'send'>;
  },
): PageEvents {
  const listeners: ((name: EventName) => void)[] = [];
  return {
    emit: (name, detail) => {
      if (!window.isDestroyed()) window.webContents.send(name, detail);
      for (const listener of listeners) listener(name);
    },
    onEmit: (listener) => void listeners.push(listener),
  };
}
