import * as z from 'zod/mini';
import {
  fileReadingSchema,
  listExportSchema,
  listPageSchema,
  listPlaceSchema,
} from '../do-not-contact.ts';
import {
  badKeyFailure,
  declinedFailure,
  keychainFailure,
  lockedFailure,
  pinNeededFailure,
  sharedStaffFailure,
  ticketFailure,
  wrongPinFailure,
  pinWaitFailure,
} from '../failure.ts';
import { keyTestSchema } from '../key-test.ts';
import { e164Schema } from '../phone/e164.ts';
import { pinSchema, pinStatusSchema, typedPinSchema } from '../pin.ts';
import { businessSchema, settingChangeSchema, settingsSchema } from '../settings.ts';
import { call, nothing } from './call.ts';

/** Managers' calls: settings, the key, the businesses, the do-not-contact list. */
export const managerCalls = {
  'settings.read': call({
    input: nothing,
    output: z.strictObject({
      settings: settingsSchema,
      /** The settings that IT has fixed: in the managed configuration of this PC, which is `configFile`, or `central`ly. */
      locked: z.array(z.string()),
      /** Those that IT has fixed for all desks, in the site database. */
      central: z.array(z.string()),
      /** Those of the site database that this Deskbell cannot use: the last good value holds. */
      unusable: z.array(z.string()),
      /** Whether the staff is this desk's own or shared with the desks of its site; `alone`: it cannot be shared. */
      staff: z.enum(['alone', 'own', 'shared']),
      configFile: z.nullable(z.string()),
      /** Whether the keychain holds a key for the host of `apiUrl`. */
      key: z.enum(['stored', 'absent', 'unavailable']),
      pin: pinStatusSchema,
    }),
    failures: [],
  }),
  'settings.save': call({
    input: settingChangeSchema,
    output: settingsSchema,
    failures: [lockedFailure, pinNeededFailure, declinedFailure, sharedStaffFailure],
  }),
  /** Shares the staff with the desks of this site, or ends that. */
  'settings.shareStaff': call({
    input: z.strictObject({ isShared: z.boolean() }),
    output: nothing,
    failures: [lockedFailure, sharedStaffFailure, pinNeededFailure],
  }),
  /** Unlocks Settings until the user leaves them or is idle for some minutes. */
  'settings.unlock': call({
    input: z.strictObject({ pin: typedPinSchema }),
    output: nothing,
    failures: [wrongPinFailure, pinWaitFailure],
  }),
  'settings.lock': call({ input: nothing, output: nothing, failures: [] }),
  'pin.save': call({
    input: z.strictObject({ current: z.nullable(typedPinSchema), next: pinSchema }),
    output: nothing,
    failures: [wrongPinFailure, pinWaitFailure],
  }),
  'pin.remove': call({
    input: z.strictObject({ current: typedPinSchema }),
    output: nothing,
    failures: [wrongPinFailure, pinWaitFailure],
  }),
  'holidays.regions': call({
    input: nothing,
    output: z.strictObject({
      regions: z.readonly(z.array(z.strictObject({ code: z.string(), name: z.string() }))),
    }),
    failures: [],
  }),
  /** Copies the diagnostics for support to the clipboard; they hold no personal data. */
  'diagnostics.copy': call({
    input: nothing,
    output: z.strictObject({ text: z.string() }),
    failures: [],
  }),
  /** Lists the do-not-contact list in parts, the latest entries first. */
  'doNotContact.list': call({
    input: z.strictObject({
      /** Digits that the number must contain, in any spelling; empty for all. */
      text: z.string().check(z.maxLength(40)),
      before: z.nullable(listPlaceSchema),
    }),
    output: listPageSchema,
    failures: [pinNeededFailure],
  }),
  /** Adds a number to the live desk's list, also in practice. */
  'doNotContact.add': call({
    input: z.strictObject({ phone: e164Schema }),
    output: z.strictObject({ added: z.int() }),
    failures: [pinNeededFailure],
  }),
  'doNotContact.remove': call({
    input: z.strictObject({ phone: e164Schema }),
    output: nothing,
    failures: [pinNeededFailure],
  }),
  /** Exports to a file that a person chooses; the page neither names it nor learns its path. */
  'doNotContact.export': call({
    input: z.strictObject({ as: z.literal('csv') }),
    output: listExportSchema,
    failures: [pinNeededFailure],
  }),
  'doNotContact.previewImport': call({
    input: z.strictObject({ as: z.literal('csv') }),
    output: fileReadingSchema,
    failures: [pinNeededFailure],
  }),
  /** Reads the file again with the columns that a person chose. */
  'doNotContact.chooseColumns': call({
    input: z.strictObject({
      token: z.uuid(),
      columns: z.array(z.int().check(z.nonnegative())).check(z.maxLength(1_000)),
    }),
    output: fileReadingSchema,
    failures: [pinNeededFailure, ticketFailure],
  }),
  /** Imports the reading with this token, all or nothing. */
  'doNotContact.confirmImport': call({
    input: z.strictObject({ token: z.uuid() }),
    output: z.strictObject({ added: z.int() }),
    failures: [pinNeededFailure, ticketFailure],
  }),
  'businesses.search': call({
    input: z.strictObject({
      text: z.string().check(z.maxLength(200)),
      page: z.int().check(z.gte(1), z.lte(1_000)),
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('found'),
        businesses: z.readonly(z.array(businessSchema)),
        pages: z.int(),
      }),
      z.strictObject({ kind: z.literal('trouble'), test: keyTestSchema }),
    ]),
    failures: [pinNeededFailure],
  }),
  'apiKey.save': call({
    input: z.strictObject({ key: z.string().check(z.maxLength(4_096)) }),
    output: nothing,
    failures: [keychainFailure, badKeyFailure, pinNeededFailure, declinedFailure],
  }),
  'apiKey.test': call({ input: nothing, output: keyTestSchema, failures: [pinNeededFailure] }),
  'apiKey.remove': call({
    input: nothing,
    output: nothing,
    failures: [keychainFailure, pinNeededFailure, declinedFailure],
  }),
} as const;
