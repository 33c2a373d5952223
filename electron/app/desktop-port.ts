import type { About, Prefill, SystemSettingsStatus } from '../../shared/system-settings.ts';

/** What the page may ask of everything outside it. */
export type DesktopPort = {
  /** What was handed over for the form, once. */
  readonly takeHandover: () => Prefill | null;
  readonly standing: () => SystemSettingsStatus;
  /** The PIN was right: the kiosk closes. */
  readonly leave: () => void;
  readonly readAbout: () => Promise<About>;
  readonly openBrowserLicences: () => Promise<void>;
};
