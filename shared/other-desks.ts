import * as z from 'zod/mini';
import { cleanName } from './customer-name.ts';
import { instantSchema, invitationIdSchema } from './invitation.ts';

/** Where another desk is. Its own name is known only at the desks of the same site. */
export const placeSchema = z.strictObject({ site: z.string(), desk: z.nullable(z.string()) });
export type Place = z.infer<typeof placeSchema>;

/** The longest name of a desk, in characters (UTF-16 units). */
export const DESK_NAME_MAX = 60;
/** A name for a desk: one line, without marks that make it look like another one. */
export const deskNameSchema = z.string().check(
  z.minLength(1),
  z.maxLength(DESK_NAME_MAX),
  z.refine((name) => name === cleanName(name)),
);

/** Why the site database cannot be used, as far as a manager or IT must act differently. */
const APART_CAUSES = [
  // The network or the server: nobody at the desk has to act.
  'unreachable',
  'overloaded',
  'certificate',
  'password',
  // IT has to create or update the site database.
  'schema',
  'read-only',
  // An administrator, or a manager at another desk, has removed this desk.
  'removed',
  // The managed configuration names a site database, and this desk has not joined it.
  'not-joined',
  'keychain',
  // The clocks of this PC and of the server differ by more than a day.
  'clock',
  'other',
] as const;
const apartCauseSchema = z.enum(APART_CAUSES);
export type ApartCause = z.infer<typeof apartCauseSchema>;

/** How this desk stands with the other desks of its organisation. */
export const siteStatusSchema = z.discriminatedUnion('kind', [
  /** This desk shares nothing: no site database is configured, or this is practice. */
  z.strictObject({ kind: z.literal('alone') }),
  /** Deskbell has just started and has not reached the site database yet. */
  z.strictObject({ kind: z.literal('connecting') }),
  z.strictObject({ kind: z.literal('connected') }),
  /** Connected; this PC's older data is still being shared. The counts are what is left. */
  z.strictObject({ kind: z.literal('joining'), invitations: z.int(), refusals: z.int() }),
  /**
   * The other desks have not been reached since an instant. `waits`: invitations wait until they are; otherwise they are sent after
   * Partoo's list was searched.
   */
  z.strictObject({
    kind: z.literal('apart'),
    since: instantSchema,
    waits: z.boolean(),
    cause: apartCauseSchema,
  }),
]);
export type SiteStatus = z.infer<typeof siteStatusSchema>;

/** An invitation that waits at another desk of this site. */
const otherDeskInvitationSchema = z.strictObject({
  id: invitationIdSchema,
  desk: z.string(),
  queuedAt: instantSchema,
  state: z.enum(['held', 'waiting', 'sending', 'unconfirmed', 'needs_decision']),
  /** The last two digits of the number; null when it cannot be read here. */
  lastDigits: z.nullable(z.string()),
  /**
   * `awake`: its desk has been seen within ten minutes and sends it itself. `in-doubt`: it may have been sent, or a person forced it.
   * `unreadable`: its desk has another organisation's secret.
   */
  takeOver: z.enum(['allowed', 'awake', 'in-doubt', 'unreadable']),
});
export type OtherDeskInvitation = z.infer<typeof otherDeskInvitationSchema>;

/** The waiting invitations of the other desks of this site; `unavailable`: the site database cannot be asked now. */
export const otherDeskListSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('listed'),
    invitations: z.readonly(z.array(otherDeskInvitationSchema)),
  }),
  z.strictObject({ kind: z.literal('unavailable') }),
]);
export type OtherDeskList = z.infer<typeof otherDeskListSchema>;

const deskSchema = z.strictObject({
  id: z.int(),
  name: z.string(),
  isThis: z.boolean(),
  version: z.string(),
  seenAt: instantSchema,
  /** It has not been seen for ten minutes. */
  isSilent: z.boolean(),
  isRemoved: z.boolean(),
  waiting: z.int(),
  oldestWaitingAt: z.nullable(instantSchema),
  /** How far the desk's clock is ahead of the server's, in milliseconds. */
  clockAheadMs: z.int(),
  /** False while the desk has not shared everything since the database was restored. */
  hasSharedAll: z.boolean(),
});

/** One site of the organisation, in counts. */
const siteSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  desks: z.int(),
  silentDesks: z.int(),
  waiting: z.int(),
  oldestWaitingAt: z.nullable(instantSchema),
  lastSeenAt: z.nullable(instantSchema),
});

/** The desks of this site and the organisation's rate, for a manager. */
export const deskReportSchema = z.strictObject({
  site: z.string(),
  desks: z.readonly(z.array(deskSchema)),
  /** Requests to Partoo in this minute, of all desks together. */
  rate: z.strictObject({ used: z.int(), perMinute: z.int(), pausedMs: z.int() }),
  organisation: z.strictObject({ waiting: z.int(), oldestWaitingAt: z.nullable(instantSchema) }),
  /** All sites, at a desk of the office only; null elsewhere. */
  sites: z.nullable(z.readonly(z.array(siteSchema))),
});
export type DeskReport = z.infer<typeof deskReportSchema>;

/** How far an erasure that this desk has ordered has got. It names no customer. */
export const erasureProgressSchema = z.discriminatedUnion('kind', [
  /** The site database does not have the order yet. `isReached`: it answers, and takes the order later. */
  z.strictObject({ kind: z.literal('not-given'), at: instantSchema, isReached: z.boolean() }),
  /** Done at some of the desks of the organisation. `missing`: the names of those of this site where it is not. */
  z.strictObject({
    kind: z.literal('given'),
    at: instantSchema,
    done: z.int(),
    desks: z.int(),
    missing: z.readonly(z.array(z.string())),
  }),
]);
export type ErasureProgress = z.infer<typeof erasureProgressSchema>;
