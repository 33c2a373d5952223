import * as z from 'zod/mini';
import { attemptSchema } from '../attempt.ts';
import { backupSchema } from '../backup.ts';
import { connectionSchema } from '../connection.ts';
import { aboutSchema } from '../about.ts';
import { exportedSchema } from '../exported.ts';
import { prefillSchema } from '../prefill.ts';
import { menuChoiceSchema } from '../menu-choice.ts';
import { systemSettingsStatusSchema } from '../system-settings.ts';
import { draftSchema } from '../invitation-draft.ts';
import {
  backupFailure,
  consentFailure,
  exportBusyFailure,
  exportFailure,
  messageFailure,
  notAllowedFailure,
  pinNeededFailure,
  printFailure,
  sendingFailure,
  ticketFailure,
  tooFastFailure,
  tooLateFailure,
  unconfirmedFailure,
  unknownBusinessFailure,
  wrongPinFailure,
  pinWaitFailure,
} from '../failure.ts';
import { historyFilterSchema, historyPlaceSchema, dailyCountSchema } from '../history-query.ts';
import {
  businessIdSchema,
  instantSchema,
  invitationIdSchema,
  invitationSchema,
  nameSchema,
} from '../invitation.ts';
import { e164Schema } from '../phone/e164.ts';
import { siteStatusSchema } from '../other-desks.ts';
import { typedPinSchema } from '../pin.ts';
import { remoteVerdictSchema, verdictSchema } from '../verdict.ts';
import { welcomeProgressSchema } from '../welcome.ts';
import { deskSnapshotSchema } from '../desk-snapshot.ts';
import type { CallName, EventName } from './bridge.ts';
import { call, nothing } from './call.ts';
import { formCalls } from './form-calls.ts';
import { managerCalls } from './manager-calls.ts';
import { otherDesksCalls } from './other-desks-calls.ts';

const someInvitation = z.strictObject({ id: invitationIdSchema });

/** The input of a verdict beside the number. */
const circumstances = {
  name: nameSchema,
  businessId: businessIdSchema,
  /** The invitation that is being corrected: it does not count against the number. */
  replaces: z.nullable(invitationIdSchema),
};
const question = z.strictObject({ phone: e164Schema, ...circumstances });

export const contract = {
  'app.read': call({ input: nothing, output: deskSnapshotSchema, failures: [] }),
  'app.retryStart': call({ input: nothing, output: deskSnapshotSchema, failures: [] }),
  /** Ends practice, if there is a key to work with. */
  'app.leavePractice': call({ input: nothing, output: deskSnapshotSchema, failures: [] }),
  /** Continues or ends the first start. */
  'welcome.setStep': call({
    input: z.strictObject({ to: welcomeProgressSchema }),
    output: nothing,
    failures: [],
  }),
  'verdict.check': call({ input: question, output: verdictSchema, failures: [] }),
  /** Prefetches verdicts for the numbers that one more digit would complete. */
  'verdict.prefetch': call({
    input: z.strictObject({
      phones: z.array(e164Schema).check(z.maxLength(10)),
      ...circumstances,
    }),
    output: z.array(z.strictObject({ phone: e164Schema, verdict: verdictSchema })),
    failures: [],
  }),
  /** Returns the verdict after asking the other desks and Partoo too, each within 2 seconds. */
  'verdict.checkWithPartoo': call({ input: question, output: remoteVerdictSchema, failures: [] }),
  'force.requestTicket': call({
    input: z.strictObject({
      phone: e164Schema,
      businessId: businessIdSchema,
      /** The time of the earlier SMS, or of the refusal, that the user saw. */
      shownAt: instantSchema,
      replaces: z.nullable(invitationIdSchema),
      /** The manager's PIN, where `forceNeedsPin` requires it. */
      pin: z.nullable(typedPinSchema),
    }),
    output: z.strictObject({ ticket: z.uuid() }),
    failures: [notAllowedFailure, pinNeededFailure, wrongPinFailure, pinWaitFailure],
  }),
  ...formCalls,
  ...otherDesksCalls,
  'invitation.enqueue': call({
    input: draftSchema,
    output: invitationSchema,
    failures: [
      messageFailure,
      consentFailure,
      notAllowedFailure,
      ticketFailure,
      tooFastFailure,
      unknownBusinessFailure,
    ],
  }),
  'invitation.undo': call({
    input: someInvitation,
    output: invitationSchema,
    failures: [tooLateFailure],
  }),
  'invitation.cancel': call({
    input: someInvitation,
    output: invitationSchema,
    failures: [tooLateFailure],
  }),
  /**
   * Sends an invitation now that waits for a retry, for the end of its undo time, or for a person because it is too
   * old.
   */
  'invitation.sendNow': call({
    input: someInvitation,
    output: invitationSchema,
    failures: [tooLateFailure, notAllowedFailure, consentFailure],
  }),
  /** Records a person's answer: the SMS arrived, or no SMS shall be sent any more. */
  'invitation.resolve': call({
    input: z.strictObject({ id: invitationIdSchema, as: z.enum(['sent', 'not-sent']) }),
    output: invitationSchema,
    failures: [tooLateFailure],
  }),
  /** Asks Partoo once more, as soon as possible. */
  'invitation.checkAgain': call({
    input: someInvitation,
    output: invitationSchema,
    failures: [tooLateFailure],
  }),
  'invitation.attempts': call({
    input: someInvitation,
    output: z.strictObject({
      invitation: invitationSchema,
      attempts: z.readonly(z.array(attemptSchema)),
    }),
    failures: [tooLateFailure],
  }),
  'outbox.list': call({
    input: nothing,
    output: z.readonly(z.array(invitationSchema)),
    failures: [],
  }),
  'outbox.flush': call({ input: nothing, output: nothing, failures: [] }),
  'history.list': call({
    input: z.strictObject({
      /** Omitted: everything. */
      filter: z.optional(historyFilterSchema),
      before: z.nullable(historyPlaceSchema),
      limit: z.int().check(z.gte(1), z.lte(200)),
    }),
    output: z.strictObject({
      invitations: z.readonly(z.array(invitationSchema)),
      /** Where the next part begins, also when this part is short; null at the end. */
      next: z.nullable(historyPlaceSchema),
    }),
    failures: [],
  }),
  /** Counts by result the invitations saved between each instant and the next. */
  'history.dailyCounts': call({
    input: z.strictObject({
      /** Starts of local days, in order. */
      instants: z.array(instantSchema).check(z.maxLength(400)),
    }),
    output: z.strictObject({
      tallies: z.readonly(z.array(dailyCountSchema)),
      /** All invitations not sent yet, whenever they were saved. */
      waiting: z.int(),
    }),
    failures: [],
  }),
  /** Writes the filtered history to a file that a person chooses; the page never learns its path. */
  'history.export': call({
    input: z.strictObject({
      filter: historyFilterSchema,
      /** The manager's PIN, where a kiosk requires it. */
      pin: z.optional(typedPinSchema),
    }),
    output: exportedSchema,
    failures: [exportFailure, exportBusyFailure, pinNeededFailure, wrongPinFailure, pinWaitFailure],
  }),
  'history.cancelExport': call({ input: nothing, output: nothing, failures: [] }),
  /** Erases a customer from all stored data; counts stay. Cannot be undone. */
  'customer.erase': call({
    input: z.strictObject({
      phone: e164Schema,
      /** Whether the number stays on the do-not-contact list. */
      refusal: z.enum(['kept', 'forgotten']),
      /** The manager's PIN, where there is one and Settings are locked. */
      pin: z.nullable(typedPinSchema),
    }),
    output: z.strictObject({
      invitations: z.int(),
      /**
       * What the other desks are told. `ordered`: to erase this customer too, when they are next on. `impossible`: this PC's keychain cannot
       * be read, and without its secret no desk knows whom to erase. `none`: this desk shares nothing.
       */
      elsewhere: z.enum(['none', 'ordered', 'impossible']),
    }),
    failures: [
      sendingFailure,
      unconfirmedFailure,
      pinNeededFailure,
      wrongPinFailure,
      pinWaitFailure,
    ],
  }),
  /** Prints the page with its print layout; resolves when the system's own dialog is closed. */
  'page.print': call({
    input: z.strictObject({
      /** The manager's PIN, where a kiosk requires it. */
      pin: z.optional(typedPinSchema),
    }),
    output: z.strictObject({ kind: z.enum(['printed', 'cancelled']) }),
    failures: [printFailure, pinNeededFailure, wrongPinFailure, pinWaitFailure],
  }),
  'connection.read': call({ input: nothing, output: connectionSchema, failures: [] }),
  /** Probes Partoo, because the network may be back. */
  'connection.check': call({ input: nothing, output: nothing, failures: [] }),
  'backup.list': call({
    input: nothing,
    output: z.strictObject({ backups: z.readonly(z.array(backupSchema)) }),
    failures: [],
  }),
  'backup.make': call({ input: nothing, output: backupSchema, failures: [backupFailure] }),
  /** Replaces the database by a backup; the current database becomes a backup first. */
  'backup.restore': call({
    input: z.pick(backupSchema, { name: true }),
    output: nothing,
    failures: [backupFailure, pinNeededFailure],
  }),
  /**
   * Decides for a database from another PC whether this PC sends its waiting invitations or leaves them to the other
   * one.
   */
  'databaseOwner.choose': call({
    input: z.strictObject({ as: z.enum(['take-over', 'leave']) }),
    output: nothing,
    failures: [pinNeededFailure],
  }),
  ...managerCalls,
  /** Takes the prefill from a booking system or the hot-key, once; null when there is none. */
  'prefill.take': call({ input: nothing, output: z.nullable(prefillSchema), failures: [] }),
  /** Closes a kiosk: only for a manager. */
  'kiosk.exit': call({
    input: z.strictObject({ pin: z.nullable(typedPinSchema) }),
    output: nothing,
    failures: [wrongPinFailure, pinWaitFailure, pinNeededFailure],
  }),
  /** Reads whether the system settings work on this PC. */
  'systemSettings.readStatus': call({
    input: nothing,
    output: systemSettingsStatusSchema,
    failures: [],
  }),
  'about.read': call({ input: nothing, output: aboutSchema, failures: [] }),
  /** Shows the licences of the browser in Deskbell: a separate file of many megabytes. */
  'about.openBrowserLicences': call({ input: nothing, output: nothing, failures: [] }),
} as const satisfies Record<CallName, ReturnType<typeof call>>;

export type Contract = typeof contract;
export type Input<N extends CallName> = z.infer<Contract[N]['input']>;
export type Output<N extends CallName> = z.infer<Contract[N]['output']>;
export type Failure<N extends CallName> = z.infer<Contract[N]['failure']>;
/** The reply to a call. Nothing is thrown across IPC. */
export type Reply<N extends CallName> =
  | { readonly ok: true; readonly value: Output<N> }
  | { readonly ok: false; readonly failure: Failure<N> };

export const events = {
  /** The desk session has changed (practice or live, other settings): read the snapshot again. */
  'app.changed': nothing,
  'invitation.changed': invitationSchema,
  'connection.changed': connectionSchema,
  'otherDesks.changed': siteStatusSchema,
  'export.progressed': z.strictObject({ rows: z.int() }),
  /** The form was requested; `prefill.take` returns the prefill, if any. */
  'prefill.arrived': nothing,
  'menu.itemChosen': menuChoiceSchema,
  /** Closing a kiosk was requested, and needs a PIN. */
  'kiosk.exitRequested': nothing,
} as const satisfies Record<EventName, z.ZodMiniType>;

export type EventDetail<N extends EventName> = z.infer<(typeof events)[N]>;
