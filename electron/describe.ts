import type { Desk } from '../shared/desk.ts';
import type { Gap } from '../shared/gap.ts';
import type { OpenDesk } from './open-desk.ts';
import type { Glance } from './presence.ts';
import { whyStorageFailed } from './store/storage-trouble.ts';

/** A number on a taskbar is no reason to stop for a log that cannot be read: the banner says that. */
export function glanceAt(desk: OpenDesk): Glance | undefined {
  try {
    return {
      waiting: desk.countOpen(),
      decisions: desk.countDecisions(),
      connection: desk.connection().kind,
    };
  } catch (error) {
    if (whyStorageFailed(error) === undefined) throw error;
    return undefined;
  }
}

/** An open desk as the page must know it first. */
export function describeDesk(desk: OpenDesk, version: string, gap: Gap | null): Desk {
  const { businesses, defaultCountry, language, undoSeconds } = desk.settings();
  const { requireConsent, staff, forceNeedsPin } = desk.settings();
  return {
    kind: 'open',
    mode: desk.mode,
    version,
    settings: {
      businesses,
      defaultCountry,
      language,
      undoSeconds,
      requireConsent,
      staff,
      forceNeedsPin,
    },
    waiting: desk.countOpen(),
    gap: desk.mode === 'live' ? gap : null,
  };
}
