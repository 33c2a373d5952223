import type { App } from '../../electron/app/create-app.ts';
import { createFormDraft } from '../../electron/ipc/form-draft.ts';
import { createHandlers } from '../../electron/ipc/handlers.ts';
import type { Handlers } from '../../electron/ipc/serve.ts';

/** Creates the handlers of an application without a desktop around it. */
export function handlersOf(deskbell: App, onLeaveKiosk = () => {}): Handlers {
  return createHandlers({
    ...deskbell,
    print: async () => 'cancelled',
    formDraft: createFormDraft(),
    desktop: {
      takePrefill: () => null,
      leaveKiosk: async () => onLeaveKiosk(),
      readStatus: async () => ({ hotKey: 'off', autostart: 'off' }),
      readAbout: async () => ({ version: '0.0.0', licences: [], browserLicences: 'absent' }),
      openBrowserLicences: async () => {},
    },
  });
}
