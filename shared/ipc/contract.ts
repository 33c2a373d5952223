import * as z from 'zod/mini';
import { attemptSchema } from '../attempt.ts';
import { backupSchema } from '../backup.ts';
import { connectionSchema } from '../connection.ts';
import {
  aboutSchema,
  prefillSchema,
  menuChoiceSchema,
  systemSettingsStatusSchema,
} from '../system-settings.ts';
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
import { typedPinSchema } from '../pin.ts';
import { remoteVerdictSchema, verdictSchema } from '../verdict.ts';
import { welcomeProgressSchema } from '../welcome.ts';
import { deskSnapshotSchema } from '../desk-snapshot.ts';
import type { CallName, EventName } from './bridge.ts';
import { call, nothing } from './call.ts';
import { formCalls } from './form-calls.ts';
import { managerCalls } from './manager-calls.ts';

const someInvitation = z.strictObject({ id: invitationIdSchema });

/** What a verdict rests on beside the number. */
const circumstances = {
  name: nameSchema,
  businessId: businessIdSchema,
  /** The invitation that is being corrected: it stands in nobody's way. */
  replaces: z.nullable(invitationIdSchema),
};
const question = z.strictObject({ phone: e164Schema, ...circumstances });

export const contract = {
  'desk.read': call({ input: nothing, output: deskSnapshotSchema, failures: [] }),
  'desk.retry': call({ input: nothing, output: deskSnapshotSchema, failures: [] }),
  /** Leaves practice where there is a key to be live with. */
  'desk.leavePractice': call({ input: nothing, output: deskSnapshotSchema, failures: [] }),
  /** The first start goes on, or is over. */
  'welcome.go': call({
    input: z.strictObject({ to: welcomeProgressSchema }),
    output: nothing,
    failures: [],
  }),
  'verdict.check': call({ input: question, output: verdictSchema, failures: [] }),
  /** The verdicts on the numbers that one more digit would complete. */
  'verdict.foresee': call({
    input: z.strictObject({
      phones: z.array(e164Schema).check(z.maxLength(10)),
      ...circumstances,
    }),
    output: z.array(z.strictObject({ phone: e164Schema, verdict: verdictSchema })),
    failures: [],
  }),
  /** Asks Partoo too, for at most 2 seconds. */
  'verdict.ask': call({ input: question, output: remoteVerdictSchema, failures: [] }),
  'force.ask': call({
    input: z.strictObject({
      phone: e164Schema,
      businessId: businessIdSchema,
      /** The time of the earlier SMS, or of the refusal, that the person was shown. */
      shownAt: instantSchema,
      replaces: z.nullable(invitationIdSchema),
      /** The manager's, where `forceNeedsPin` asks for it. */
      pin: z.nullable(typedPinSchema),
    }),
    output: z.strictObject({ ticket: z.uuid() }),
    failures: [notAllowedFailure, pinNeededFailure, wrongPinFailure, pinWaitFailure],
  }),
  ...formCalls,
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
  /** Sends what waits for a later try, the end of its undo time, or a person because it grew too old. */
  'invitation.sendNow': call({
    input: someInvitation,
    output: invitationSchema,
    failures: [tooLateFailure, notAllowedFailure, consentFailure],
  }),
  /** A person says what became of it: the SMS arrived, or none shall be sent any more. */
  'invitation.settle': call({
    input: z.strictObject({ id: invitationIdSchema, as: z.enum(['sent', 'left']) }),
    output: invitationSchema,
    failures: [tooLateFailure],
  }),
  /** Has Partoo asked once more, as soon as it can be. */
  'invitation.checkAgain': call({
    input: someInvitation,
    output: invitationSchema,
    failures: [tooLateFailure],
  }),
  'invitation.story': call({
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
      /** Left out: everything. */
      filter: z.optional(historyFilterSchema),
      before: z.nullable(historyPlaceSchema),
      limit: z.int().check(z.gte(1), z.lte(200)),
    }),
    output: z.strictObject({
      invitations: z.readonly(z.array(invitationSchema)),
      /** Where to look on, also when this part is short; null at the end. */
      next: z.nullable(historyPlaceSchema),
    }),
    failures: [],
  }),
  /** What became of the invitations that were saved between each instant and the next. */
  'history.tally': call({
    input: z.strictObject({
      /** Beginnings of local days, in order. */
      instants: z.array(instantSchema).check(z.maxLength(400)),
    }),
    output: z.strictObject({
      tallies: z.readonly(z.array(dailyCountSchema)),
      /** How many have not left yet, whenever they were saved. */
      waiting: z.int(),
    }),
    failures: [],
  }),
  /** Writes what the filter shows into a file that a person chooses; the page never learns where. */
  'history.export': call({
    input: z.strictObject({
      filter: historyFilterSchema,
      /** The manager's, where a kiosk asks for it. */
      pin: z.optional(typedPinSchema),
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('saved'), rows: z.int(), fileName: z.string() }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
    failures: [exportFailure, exportBusyFailure, pinNeededFailure, wrongPinFailure, pinWaitFailure],
  }),
  'history.cancelExport': call({ input: nothing, output: nothing, failures: [] }),
  /** Takes a customer out of everything that is kept here; counts stay. Cannot be undone. */
  'customer.erase': call({
    input: z.strictObject({
      phone: e164Schema,
      /** Whether the number shall stand on the do-not-contact list afterwards. */
      refusal: z.enum(['kept', 'forgotten']),
      /** The manager's, where there is one and Settings are not unlocked. */
      pin: z.nullable(typedPinSchema),
    }),
    output: z.strictObject({ invitations: z.int() }),
    failures: [
      sendingFailure,
      unconfirmedFailure,
      pinNeededFailure,
      wrongPinFailure,
      pinWaitFailure,
    ],
  }),
  /** Prints the page as it lays itself out for paper; resolves when the system's own dialog is closed. */
  'page.print': call({
    input: z.strictObject({
      /** The manager's, where a kiosk asks for it. */
      pin: z.optional(typedPinSchema),
    }),
    output: z.strictObject({ kind: z.enum(['printed', 'cancelled']) }),
    failures: [printFailure, pinNeededFailure, wrongPinFailure, pinWaitFailure],
  }),
  'connection.read': call({ input: nothing, output: connectionSchema, failures: [] }),
  /** The network may be back: whoever knows lets the outbox look. */
  'connection.check': call({ input: nothing, output: nothing, failures: [] }),
  'backup.list': call({
    input: nothing,
    output: z.strictObject({ backups: z.readonly(z.array(backupSchema)) }),
    failures: [],
  }),
  'backup.make': call({ input: nothing, output: backupSchema, failures: [backupFailure] }),
  /** Puts a backup in the place of the log; the log as it is becomes a backup first. */
  'backup.restore': call({
    input: z.pick(backupSchema, { name: true }),
    output: nothing,
    failures: [backupFailure, pinNeededFailure],
  }),
  /** Whether this PC goes on with a log that comes from another one, or leaves it what waits. */
  'otherPc.settle': call({
    input: z.strictObject({ as: z.enum(['take-over', 'leave']) }),
    output: nothing,
    failures: [pinNeededFailure],
  }),
  ...managerCalls,
  /** What a booking system or the hot-key handed over, once; null when there is nothing. */
  'handover.take': call({ input: nothing, output: z.nullable(prefillSchema), failures: [] }),
  /** Closes a kiosk: only a manager does. */
  'kiosk.leave': call({
    input: z.strictObject({ pin: z.nullable(typedPinSchema) }),
    output: nothing,
    failures: [wrongPinFailure, pinWaitFailure, pinNeededFailure],
  }),
  /** How the wishes of the settings stand with this PC. */
  'outside.read': call({ input: nothing, output: systemSettingsStatusSchema, failures: [] }),
  'about.read': call({ input: nothing, output: aboutSchema, failures: [] }),
  /** Shows the licences of the browser that Deskbell runs in: a file of many megabytes beside the program. */
  'about.openBrowserLicences': call({ input: nothing, output: nothing, failures: [] }),
} as const satisfies Record<CallName, ReturnType<typeof call>>;

export type Contract = typeof contract;
export type Input<N extends CallName> = z.infer<Contract[N]['input']>;
export type Output<N extends CallName> = z.infer<Contract[N]['output']>;
export type Failure<N extends CallName> = z.infer<Contract[N]['failure']>;
/** What every call answers. Nothing is thrown across IPC. */
export type Reply<N extends CallName> =
  | { readonly ok: true; readonly value: Output<N> }
  | { readonly ok: false; readonly failure: Failure<N> };

export const events = {
  /** The desk is another one now (practice or live, other settings): read it anew. */
  'desk.changed': nothing,
  'invitation.changed': invitationSchema,
  'connection.changed': connectionSchema,
  'export.progressed': z.strictObject({ rows: z.int() }),
  /** Somebody wants the form; `handover.take` says whether there is something for it. */
  'handover.arrived': nothing,
  'menu.chosen': menuChoiceSchema,
  /** Somebody closes a kiosk that a PIN guards. */
  'leave.asked': nothing,
} as const satisfies Record<EventName, z.ZodMiniType>;

export type EventDetail<N extends EventName> = z.infer<(typeof events)[N]>;
