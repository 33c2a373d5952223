import { contextBridge, ipcRenderer } from 'electron/renderer';
import { BRIDGE, CALLS, EVENTS, recordOf, type Bridge } from '../shared/ipc/bridge.ts';

// SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#20-do-not-expose-electron-apis-to-untrusted-web-content
// The page gets these functions only: no ipcRenderer, no event object, no free choice of a channel.
const bridge: Bridge = {
  calls: recordOf(CALLS, (name) => (input) => ipcRenderer.invoke(name, input)),
  events: recordOf(EVENTS, (name) => (listener) => {
    const forward = (_event: unknown, detail: unknown): void => listener(detail);
    ipcRenderer.on(name, forward);
    return () => void ipcRenderer.off(name, forward);
  }),
};
contextBridge.exposeInMainWorld(BRIDGE, bridge);
