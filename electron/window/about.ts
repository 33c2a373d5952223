import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shell } from 'electron/common';
import { app } from 'electron/main';
import * as z from 'zod/mini';
import { licenceSchema, type About } from '../../shared/about.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { Kiosk } from './kiosk.ts';
import { systemClock } from '../os/system-clock.ts';

/** Shorter than two intended clicks are apart. */
const AGAIN_MS = 5 * SECOND_MS;

const licencesSchema = z.array(licenceSchema);

export type AboutDeskbell = {
  readonly readAbout: () => Promise<About>;
  readonly openBrowserLicences: () => Promise<void>;
};

/**
 * Provides "About Deskbell" and the browser's licences, which are a separate file. `folder` is that of the built
 * application, with the other licences.
 */
export function openAbout(kiosk: Pick<Kiosk, 'isOn'>, folder: string): AboutDeskbell {
  // SECURITY: one file installed with the program; the page cannot choose another one.
  const beside = process.platform === 'darwin' ? process.resourcesPath : dirname(process.execPath);
  const browserFile = join(beside, 'LICENSES.chromium.html');
  const findBrowserFile = async (): Promise<'there' | 'absent'> => {
    // In a kiosk the viewer would give access to other programs.
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
      // SECURITY: a flooding page opens one window of another program per interval.
      if (systemClock.elapsedMs() - openedMs < AGAIN_MS) return;
      openedMs = systemClock.elapsedMs();
      if ((await findBrowserFile()) === 'there') await shell.openPath(browserFile);
    },
  };
}
