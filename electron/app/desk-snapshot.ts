import type { Connection } from '../../shared/connection.ts';
import type { DeskSnapshot } from '../../shared/desk-snapshot.ts';
import type { DataGap } from '../../shared/data-gap.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import type { MachineId } from '../../shared/machine-id.ts';
import type { Country } from '../../shared/phone/e164.ts';
import type { WelcomeProgress, WelcomeStep } from '../../shared/welcome.ts';
import type { Mode } from './choose-mode.ts';
import type { Outbox } from './open-outbox.ts';
import { classifyStorageError } from '../store/file/storage-errors.ts';

/** What tray and badge may show of a desk session: numbers and a word, because every passer-by can see them. */
export type DeskStatus = {
  /** Invitations that are not sent yet. */
  readonly waiting: number;
  /** Those that need a person's decision. */
  readonly decisions: number;
  readonly connection: Connection['kind'];
};

/** Reads the counts; undefined when the database cannot be read. The banner reports that, so this does not throw. */
export function readDeskStatus({
  store,
  courier,
}: Pick<Outbox, 'store' | 'courier'>): DeskStatus | undefined {
  try {
    return {
      waiting: store.countOpen(),
      decisions: store.countDecisions(),
      connection: courier.connection().kind,
    };
  } catch (error) {
    if (classifyStorageError(error) === undefined) throw error;
    return undefined;
  }
}

/** What the app runs on, and in which language. */
export type SystemParts = {
  /** The version of Deskbell. */
  readonly version: string;
  /** Reads what identifies this PC; undefined when the system does not tell. */
  readonly readMachine: () => Promise<MachineId | undefined>;
  /** Whether the data folder follows the user from PC to PC. */
  readonly isRoaming: () => Promise<boolean>;
  /** The country of the PC, for numbers typed without a country code. */
  readonly systemCountry: Country | undefined;
  readonly systemLanguage: Language;
  /** The locale in which the PC writes dates and numbers (BCP 47). */
  readonly systemLocale: string;
  /** Switches Deskbell to this language. */
  readonly speak: (language: Language) => void;
};

/** Builds what the page reads at its start. */
export function deskSnapshot(
  session: Pick<Outbox, 'clock' | 'settings' | 'store'> & { readonly mode: Mode },
  parts: Pick<SystemParts, 'version' | 'systemLanguage' | 'systemLocale'>,
  facts: { readonly gap: DataGap | null; readonly welcome: WelcomeStep | null },
): DeskSnapshot {
  const { version, systemLanguage, systemLocale } = parts;
  const { businesses, defaultCountry, language, undoSeconds } = session.settings();
  const { requireConsent, staff, forceNeedsPin, reviewLinks } = session.settings();
  return {
    kind: 'open',
    mode: session.mode,
    version,
    language: language ?? systemLanguage,
    systemLocale,
    welcome: facts.welcome,
    settings: {
      businesses,
      defaultCountry,
      undoSeconds,
      requireConsent,
      staff,
      forceNeedsPin,
      reviewLinks,
    },
    remembered: session.store.readRemembered(),
    clockCorrectionMs: session.clock.correctionMs(),
    waiting: session.store.countOpen(),
    gap: session.mode === 'live' ? facts.gap : null,
  };
}

/**
 * The step of the first start. Automatic practice has no key and no history, so it stays there until a person ends it.
 */
export function welcomeStep(
  mode: Mode,
  start: 'practice' | 'automatic',
  progress: WelcomeProgress | undefined,
): WelcomeStep | null {
  if (progress === 'done') return null;
  if (mode === 'practice') return start === 'practice' ? null : 'key';
  return progress ?? null;
}
