import * as z from 'zod/mini';
import { businessIdSchema } from './invitation.ts';
import { LANGUAGES } from './i18n/languages.ts';
import { countrySchema } from './phone/e164.ts';
import { hotKeySchema } from './system-settings.ts';
import { DEFAULT_SENDING_HOURS, sendingHoursSchema } from './sending-hours.ts';

export const businessSchema = z.strictObject({
  id: businessIdSchema,
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
});
export type Business = z.infer<typeof businessSchema>;

/** A key must never travel in clear text over a network: https, or http to this very PC. */
export const apiUrlSchema = z
  .string()
  .check(
    z.refine(
      isSafeApiUrl,
      'must be an https address, or http on this computer (127.0.0.1, localhost, [::1])',
    ),
  );

function isSafeApiUrl(text: string): boolean {
  const url = parsePlainUrl(text);
  if (url === undefined) return false;
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
}

/** What is fetched from a feed is installed: only TLS says whose it is, so no port of this PC is trusted without it. */
const updateFeedSchema = z
  .string()
  .check(
    z.refine((text) => parsePlainUrl(text)?.protocol === 'https:', 'must be an https address'),
  );

/** An Ed25519 public key as `openssl pkey -pubout -outform DER | base64` writes it: SubjectPublicKeyInfo (RFC 8410). */
const updateKeySchema = z
  .string()
  .check(
    z.regex(
      /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/,
      'must be an Ed25519 public key in base64 (see docs/releasing.md)',
    ),
  );

/** An address with no user, password, query or fragment. */
function parsePlainUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { username, password, search, hash } = url;
  return [username, password, search, hash].every((part) => part === '') ? url : undefined;
}

/** The least and the most that a number among the settings may be. */
export const SETTING_LIMITS = {
  undoSeconds: { least: 0, most: 60 },
  houseWindowDays: { least: 0, most: 730 },
  outboxExpiryDays: { least: 1, most: 5 },
  retentionDays: { least: 11, most: 3_650 },
  requestsPerMinute: { least: 1, most: 300 },
} as const;

/** Whoever scans the card on the counter goes there: https only. */
const reviewLinkSchema = z
  .string()
  .check(z.maxLength(500), z.refine(isHttps, 'must be an https address'));

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

/** Of Windows, of a network, or of anything else. */
function isAbsolutePath(text: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\|\/)/.test(text);
}

const wholeNumber = ({ least, most }: { readonly least: number; readonly most: number }) =>
  z.int().check(z.gte(least), z.lte(most));

/** Everything that can be set, by a person in Settings or by IT in the managed configuration. */
export const settingsSchema = z.strictObject({
  apiUrl: apiUrlSchema,
  businesses: z.array(businessSchema).check(z.maxLength(5_000)),
  defaultCountry: countrySchema,
  /** Null follows the system. */
  language: z.nullable(z.enum(LANGUAGES)),
  undoSeconds: wholeNumber(SETTING_LIMITS.undoSeconds),
  sendingHours: z.nullable(sendingHoursSchema.check(z.minLength(1))),
  sendOnHolidays: z.boolean(),
  /** The part of the country with holidays of its own, as date-holidays names it ("57"); null knows only the country's. */
  holidayRegion: z.nullable(z.string().check(z.minLength(1), z.maxLength(20))),
  houseWindowDays: wholeNumber(SETTING_LIMITS.houseWindowDays),
  requireConsent: z.boolean(),
  staff: z
    .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(100)))
    .check(z.maxLength(100)),
  forceNeedsPin: z.boolean(),
  outboxExpiryDays: wholeNumber(SETTING_LIMITS.outboxExpiryDays),
  retentionDays: wholeNumber(SETTING_LIMITS.retentionDays),
  kiosk: z.boolean(),
  startWithComputer: z.boolean(),
  /** Brings the form up from anywhere, with the number in the clipboard; null for none. */
  hotKey: z.nullable(hotKeySchema),
  requestsPerMinute: wholeNumber(SETTING_LIMITS.requestsPerMinute),
  checkWithPartoo: z.boolean(),
  deepLink: z.boolean(),
  /** Where newer versions are looked for; null looks nowhere. Only IT sets it. */
  updateFeed: z.nullable(updateFeedSchema),
  /** With whose key the feed's list of files is signed; null asks for no signature. Only IT sets it. */
  updateKey: z.nullable(updateKeySchema),
  /** Certificates of authorities that count beside the system's, as PEM in a file; null for none. Only IT sets it. */
  caFile: z.nullable(
    z.string().check(z.maxLength(1_000), z.refine(isAbsolutePath, 'must be a whole path')),
  ),
  /** By business: where a customer can leave a Google review. Partoo does not tell. */
  reviewLinks: z.record(businessIdSchema, reviewLinkSchema),
});

export type Settings = z.infer<typeof settingsSchema>;

export const partialSettingsSchema = z.partial(settingsSchema);
export type PartialSettings = z.infer<typeof partialSettingsSchema>;

/** What a person may change. What lets other programs in, or says whom to trust, is for IT alone. */
export const settingChangeSchema = z.omit(partialSettingsSchema, {
  deepLink: true,
  updateFeed: true,
  updateKey: true,
  caFile: true,
});
export type SettingChange = z.infer<typeof settingChangeSchema>;

export const DEFAULT_SETTINGS: Settings = {
  apiUrl: 'https://api.partoo.co/v2',
  businesses: [],
  defaultCountry: 'FR',
  language: null,
  undoSeconds: 10,
  sendingHours: DEFAULT_SENDING_HOURS,
  sendOnHolidays: false,
  holidayRegion: null,
  houseWindowDays: 0,
  requireConsent: false,
  staff: [],
  forceNeedsPin: false,
  outboxExpiryDays: 3,
  retentionDays: 30,
  kiosk: false,
  startWithComputer: false,
  hotKey: null,
  requestsPerMinute: 20,
  checkWithPartoo: true,
  deepLink: false,
  updateFeed: null,
  updateKey: null,
  caFile: null,
  reviewLinks: {},
};

/** What holds: IT's word before the person's, the person's before ours. */
export function effectiveSettings(person: PartialSettings, managed: PartialSettings): Settings {
  return { ...DEFAULT_SETTINGS, ...withoutGaps(person), ...withoutGaps(managed) };
}

/** A key that is there without a value says nothing; spread as it is, it would wipe out a default. */
export function withoutGaps(settings: PartialSettings): Partial<Settings> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/consistent-type-assertions -- only entries were left out: what is there was parsed
  return Object.fromEntries(given) as Partial<Settings>;
}
