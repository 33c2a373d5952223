import type { Settings } from '../../shared/settings.ts';

export type DiagnosticFacts = {
  readonly version: string;
  /** Versions of the runtime and the system, by name. */
  readonly platform: Readonly<Record<string, string>>;
  readonly mode: string;
  readonly connection: string;
  readonly key: string;
  readonly pin: string;
  readonly settings: Settings;
  readonly locked: readonly string[];
  /** The settings that IT has fixed for all desks. */
  readonly central: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** The last lines of the event log, which holds no personal data. */
  readonly events: readonly string[];
  readonly at: number;
};

/**
 * Builds the text for support, which the user can read before sending it: no number, no name, no key, no path. Names
 * and links in the settings are counted; an address is reduced to its host, a file to its presence.
 */
export function diagnosticsText(facts: DiagnosticFacts): string {
  const {
    businesses,
    staff,
    apiUrl,
    updateFeed,
    updateKey,
    caFile,
    siteDatabase,
    reviewLinks,
    ...impersonal
  } = facts.settings;
  const settings = {
    ...impersonal,
    apiUrl: new URL(apiUrl).host,
    businesses: businesses.length,
    staff: staff.length,
    updateFeed: updateFeed === null ? 'none' : new URL(updateFeed).host,
    updateKey: updateKey === null ? 'none' : 'set',
    caFile: caFile === null ? 'none' : 'set',
    siteDatabase: siteDatabase === null ? 'none' : 'set',
    reviewLinks: Object.keys(reviewLinks).length,
  };
  return [
    `Deskbell ${facts.version}, ${new Date(facts.at).toISOString()}`,
    linesOf(facts.platform),
    linesOf({ mode: facts.mode, connection: facts.connection, key: facts.key, pin: facts.pin }),
    linesOf(facts.counts),
    'Settings',
    linesOf(settings),
    `Set by IT: ${facts.locked.join(', ') || 'nothing'}`,
    `Set by IT for all desks: ${facts.central.join(', ') || 'nothing'}`,
    'Last events',
    facts.events.join('\n'),
  ].join('\n\n');
}

function linesOf(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}
