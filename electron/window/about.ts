import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shell } from 'electron/common';
import { app } from 'electron/main';
import * as z from 'zod/mini';
import { licenceSchema } from '../../shared/system-settings.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { Kiosk } from './kiosk.ts';
import { systemClock } from '../os/system-clock.ts';
import type { DesktopPort } from '../app/desktop-port.ts';

/** Sooner nobody presses twice on purpose. */
const AGAIN_MS = 5 * SECOND_MS;

const licencesSchema = z.array(licenceSchema);

/**
 * What "About Deskbell" tells, and the licences of the browser, which are a file of its own. `folder` is that of the
 * built application, where the build has put the others.
 */
export function openAbout(
  kiosk: Pick<Kiosk, 'isOn'>,
  folder: string,
): Pick<DesktopPort, 'readAbout' | 'openBrowserLicences'> {
  // SECURITY: one file that came with the program; the page has no say in which.
  const beside = process.platform === 'darwin' ? process.resourcesPath : dirname(process.execPath);
  const browserFile = join(beside, 'LICENSES.chromium.html');
  const findBrowserFile = async (): Promise<'there' | 'absent'> => {
    // Another program would be a way out of a kiosk.
    if (kiosk.isOn()) return 'absent';
    return access(browserFile).then(
      () => 'there' as const,
      () => 'absent' as const,
    );
  };
  let openedMs = Number.NEGATIVE_INFINITY;
  return {
    readAbout: async () => {
      const text = await readFile(join(folder, 'licences.json'), 'utf8');
      return {
        version: app.getVersion(),
        licences: licencesSchema.parse(JSON.parse(text)),
        browserLicences: await findBrowserFile(),
      };
    },
    openBrowserLicences: async () => {
      // SECURITY: a page that asks again and again gets one window of another program.
      if (systemClock.elapsedMs() - openedMs < AGAIN_MS) return;
      openedMs = systemClock.elapsedMs();
      if ((await findBrowserFile()) === 'there') await shell.openPath(browserFile);
    },
  };
}
