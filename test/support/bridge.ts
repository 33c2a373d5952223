import type { App } from '../../electron/app/create-app.ts';
import { serve, type Handlers } from '../../electron/ipc/serve.ts';
import { CALLS, recordOf, type Bridge } from '../../shared/ipc/bridge.ts';

/** The bridge between page and application without Electron: everything is cloned on its way. */
export function bridgeTo(
  app: Pick<App, 'asFailure'> & { readonly handlers: Handlers },
  reportBug: (error: unknown) => string,
): Bridge {
  type Listener = (...args: never[]) => unknown;
  const listeners = new Map<string, Listener>();
  serve({
    ipc: { handle: (name: string, listener: Listener) => void listeners.set(name, listener) },
    handlers: async () => app.handlers,
    isTrusted: () => true,
    reportBug,
    asFailure: async (error) => app.asFailure(error),
  });
  return {
    calls: recordOf(CALLS, (name) => async (input) => {
      const listener = listeners.get(name);
      if (listener === undefined) throw new Error(`${name} is not served`);
      const reply: unknown = await Reflect.apply(listener, undefined, [{}, structuredClone(input)]);
      return structuredClone(reply);
    }),
    events: {
      'app.changed': () => () => {},
      'invitation.changed': () => () => {},
      'connection.changed': () => () => {},
      'otherDesks.changed': () => () => {},
      'export.progressed': () => () => {},
      'prefill.arrived': () => () => {},
      'menu.itemChosen': () => () => {},
      'kiosk.exitRequested': () => () => {},
    },
  };
}
