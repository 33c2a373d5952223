import * as z from 'zod/mini';
import { businessIdSchema } from './invitation.ts';
import { LANGUAGES } from './i18n/languages.ts';
import { countrySchema } from './phone/e164.ts';
import { hotKeySchema } from './system-settings.ts';
import { DEFAULT_SENDING_HOURS, sendingHoursSchema } from './sending-hours.ts';
import { siteDatabaseSchema } from './site-database-address.ts';

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

/** Downloads from a feed are installed and only TLS proves its owner, so http is refused even for this PC. */
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

/** Parses an address without user, password, query or fragment. */
function parsePlainUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { username, password, search, hash } = url;
  return [username, password, search, hash].every((part) => part === '') ? url : undefined;
}

/** The minimum and maximum of the number settings. */
export const SETTING_LIMITS = {
  undoSeconds: { least: 0, most: 60 },
  houseWindowDays: { least: 0, most: 730 },
  outboxExpiryDays: { least: 1, most: 5 },
  retentionDays: { least: 11, most: 3_650 },
  requestsPerMinute: { least: 1, most: 300 },
} as const;

/** Customers open it by scanning the card on the counter: https only. */
const reviewLinkSchema = z
  .string()
  .check(z.maxLength(500), z.refine(isHttps, 'must be an https address'));

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

/** Whether a path is absolute: of Windows, a network, or any other system. */
function isAbsolutePath(text: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\|\/)/.test(text);
}

const wholeNumber = ({ least, most }: { readonly least: number; readonly most: number }) =>
  z.int().check(z.gte(least), z.lte(most));

/** All settings: set by a person in Settings or by IT in the managed configuration. */
export const settingsSchema = z.strictObject({
  apiUrl: apiUrlSchema,
  businesses: z.array(businessSchema).check(z.maxLength(5_000)),
  defaultCountry: countrySchema,
  /** Null uses the system's language. */
  language: z.nullable(z.enum(LANGUAGES)),
  undoSeconds: wholeNumber(SETTING_LIMITS.undoSeconds),
  sendingHours: z.nullable(sendingHoursSchema.check(z.minLength(1))),
  sendOnHolidays: z.boolean(),
  /** The region with its own holidays, as date-holidays names it ("57"); null uses only the country's. */
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
  /** The global hot-key that opens the form with the number in the clipboard; null for none. */
  hotKey: z.nullable(hotKeySchema),
  requestsPerMinute: wholeNumber(SETTING_LIMITS.requestsPerMinute),
  checkWithPartoo: z.boolean(),
  deepLink: z.boolean(),
  /** The feed of newer versions; null disables updates. Only IT sets it. */
  updateFeed: z.nullable(updateFeedSchema),
  /** The key that signs the feed's list of files; null requires no signature. Only IT sets it. */
  updateKey: z.nullable(updateKeySchema),
  /** A PEM file with authorities' certificates to trust beside the system's; null for none. Only IT sets it. */
  caFile: z.nullable(
    z.string().check(z.maxLength(1_000), z.refine(isAbsolutePath, 'must be a whole path')),
  ),
  /** The database that the desks of an organisation share; null for none. Only IT sets it. */
  siteDatabase: z.nullable(siteDatabaseSchema),
  /** By business: the address for a Google review. Partoo does not provide it. */
  reviewLinks: z.record(businessIdSchema, reviewLinkSchema),
});

export type Settings = z.infer<typeof settingsSchema>;

export const partialSettingsSchema = z.partial(settingsSchema);
export type PartialSettings = z.infer<typeof partialSettingsSchema>;

/** The settings that a person may change. Only IT may let other programs in or add trust. */
export const settingChangeSchema = z.omit(partialSettingsSchema, {
  deepLink: true,
  updateFeed: true,
  updateKey: true,
  caFile: true,
  siteDatabase: true,
});
export type SettingChange = z.infer<typeof settingChangeSchema>;

/**
 * The settings that the site database can give to every desk. SECURITY: none that would send customers'
 * data, the key or updates elsewhere, or give access to this PC: a database that was taken over must not do that.
 */
export const centralSettingsSchema = z.pick(partialSettingsSchema, {
  businesses: true,
  undoSeconds: true,
  sendingHours: true,
  sendOnHolidays: true,
  holidayRegion: true,
  houseWindowDays: true,
  requireConsent: true,
  staff: true,
  forceNeedsPin: true,
  outboxExpiryDays: true,
  retentionDays: true,
  checkWithPartoo: true,
  reviewLinks: true,
});
export type CentralSettings = z.infer<typeof centralSettingsSchema>;

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
  siteDatabase: null,
  reviewLinks: {},
};

/** Merges the settings: IT's override the person's, which override the defaults. */
export function effectiveSettings(person: PartialSettings, managed: PartialSettings): Settings {
  return { ...DEFAULT_SETTINGS, ...withoutGaps(person), ...withoutGaps(managed) };
}

/** Removes keys without a value: spread as they are, they would overwrite defaults. */
export function withoutGaps(settings: PartialSettings): Partial<Settings> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/consistent-type-assertions -- only entries were removed; the rest was parsed
  return Object.fromEntries(given) as Partial<Settings>;
}
