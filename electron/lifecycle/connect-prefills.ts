import type { BrowserWindow } from 'electron/main';
import type { App } from '../app/create-app.ts';
import type { AppParts } from '../app/app-parts.ts';
import { showWindow } from '../window/show-window.ts';
import { createPrefills, type Prefills } from '../prefill/prefill.ts';
import { systemClock } from '../os/system-clock.ts';

/** Joins links and the hot-key with the form, and shows the window for them. */
export function openRealPrefills(
  window: BrowserWindow,
  emit: AppParts['emit'],
  deskbell: () => Promise<App | undefined>,
): Prefills {
  return createPrefills({
    clock: systemClock,
    settings: async () => (await (await deskbell())?.session())?.settings(),
    loadPhoneRules: () => import('../../shared/phone/phone.ts'),
    announce: () => {
      emit('prefill.arrived', {});
      showWindow(window);
    },
  });
}
