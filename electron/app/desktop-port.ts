import type { About } from '../../shared/about.ts';
import type { Prefill } from '../../shared/prefill.ts';
import type { SystemSettingsStatus } from '../../shared/system-settings.ts';

/** What the page may request from the desktop around it. */
export type DesktopPort = {
  /** Takes the waiting prefill for the form, once. */
  readonly takePrefill: () => Prefill | null;
  readonly standing: () => SystemSettingsStatus;
  /** Closes the kiosk after the right PIN. */
  readonly leave: () => void;
  readonly readAbout: () => Promise<About>;
  readonly openBrowserLicences: () => Promise<void>;
};
