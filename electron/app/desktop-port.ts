import type { About, Handover, Standing } from '../../shared/system-settings.ts';

/** What the page may ask of everything outside it. */
export type OutsidePort = {
  /** What was handed over for the form, once. */
  readonly takeHandover: () => Handover | null;
  readonly standing: () => Standing;
  /** The PIN was right: the kiosk closes. */
  readonly leave: () => void;
  readonly readAbout: () => Promise<About>;
  readonly openBrowserLicences: () => Promise<void>;
};
