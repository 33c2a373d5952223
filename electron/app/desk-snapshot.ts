import type { Connection } from '../../shared/connection.ts';
import type { DeskSnapshot } from '../../shared/desk-snapshot.ts';
import type { DataGap } from '../../shared/data-gap.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import type { MachineId } from '../../shared/machine-id.ts';
import type { Country } from '../../shared/phone/e164.ts';
import type { WelcomeProgress, WelcomeStep } from '../../shared/welcome.ts';
import type { DeskSession } from './desk-session.ts';
import { classifyStorageError } from '../store/file/storage-errors.ts';

/** What the desktop may know of a desk: numbers and a word, for whoever passes by sees it too. */
export type DeskStatus = {
  /** Invitations that have not left. */
  readonly waiting: number;
  /** Those of them that need a person's decision. */
  readonly decisions: number;
  readonly connection: Connection['kind'];
};

/** A number on a taskbar is no reason to stop for a log that cannot be read: the banner says that. */
export function readDeskStatus(desk: DeskSession): DeskStatus | undefined {
  try {
    return {
      waiting: desk.countOpen(),
      decisions: desk.countDecisions(),
      connection: desk.connection().kind,
    };
  } catch (error) {
    if (classifyStorageError(error) === undefined) throw error;
    return undefined;
  }
}

/** What runs where, and in which language. */
export type SystemParts = {
  /** Deskbell's own. */
  readonly version: string;
  /** What tells it from others; undefined when it does not tell. */
  readonly readMachine: () => Promise<MachineId | undefined>;
  /** Whether its data folder goes with the user from PC to PC. */
  readonly isRoaming: () => Promise<boolean>;
  /** Its country, for numbers typed without a country code. */
  readonly systemCountry: Country | undefined;
  readonly systemLanguage: Language;
  /** How the PC writes dates and numbers, as a BCP 47 locale. */
  readonly systemLocale: string;
  /** Deskbell speaks this language from now on. */
  readonly speak: (language: Language) => void;
};

/** An open desk as the page must know it first. */
export function deskSnapshot(
  desk: DeskSession,
  parts: Pick<SystemParts, 'version' | 'systemLanguage' | 'systemLocale'>,
  facts: { readonly gap: DataGap | null; readonly welcome: WelcomeStep | null },
): DeskSnapshot {
  const { version, systemLanguage, systemLocale } = parts;
  const { businesses, defaultCountry, language, undoSeconds } = desk.settings();
  const { requireConsent, staff, forceNeedsPin, reviewLinks } = desk.settings();
  return {
    kind: 'open',
    mode: desk.mode,
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
    remembered: desk.remembered(),
    clockCorrectionMs: desk.clockCorrectionMs(),
    waiting: desk.countOpen(),
    gap: desk.mode === 'live' ? facts.gap : null,
  };
}

/** A desk that practises by itself has neither a key nor a past: its first start is not over until somebody says so. */
export function welcomeStep(
  mode: 'live' | 'practice',
  start: 'practice' | 'automatic',
  progress: WelcomeProgress | undefined,
): WelcomeStep | null {
  if (progress === 'done') return null;
  if (mode === 'practice') return start === 'practice' ? null : 'key';
  return progress ?? null;
}
