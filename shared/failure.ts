import * as z from 'zod/mini';
import { storageTroubleSchema } from './connection.ts';
import { instantSchema } from './invitation.ts';
import { MESSAGE_PROBLEMS } from './sms/message.ts';
import { verdictSchema } from './verdict.ts';

/** A failure that staff can act on. Each kind has its translated text; none carries a stack or a path into it. */
const failure = <K extends string, S extends z.core.$ZodLooseShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** The local database could not be written or read. Nothing was saved and nothing was sent. */
const storageFailure = failure('storage', {
  why: storageTroubleSchema,
});

/** A bug in Deskbell, logged under `reference`. */
const bugFailure = failure('bug', { reference: z.string() });

/** Deskbell is open but its data cannot be used; `app.read` says why. */
const blockedFailure = failure('blocked', {});

/** Every call can fail in these ways, whatever it does. */
export const commonFailures = [storageFailure, bugFailure, blockedFailure] as const;

/** The verdict at the moment of saving forbids the invitation; the form shows this verdict. */
export const notAllowedFailure = failure('not-allowed', { verdict: verdictSchema });
/** The force ticket was used, has expired, or belongs to another number. */
export const ticketFailure = failure('ticket', {});
/** More invitations in a short time than a person can enter. Nothing was saved. */
export const tooFastFailure = failure('too-fast', {});
export const unknownBusinessFailure = failure('unknown-business', {});
/** The custom text is invalid. */
export const messageFailure = failure('message', { problem: z.enum(MESSAGE_PROBLEMS) });
/** The consent is missing, and this desk requires it. Nothing was saved. */
export const consentFailure = failure('consent', {});
/** The invitation is no longer in a state that this action applies to. */
export const tooLateFailure = failure('too-late', {});
/**
 * An invitation of another desk stays there. `awake`: its desk sends it itself; `in-doubt`: it may have been sent, or a
 * person forced it; `unreadable`: its desk has another organisation's secret; `unavailable`: the site database cannot be
 * asked; `consent`: the customer's consent is missing, and this desk requires it; `business`:
 * this desk does not have its business.
 */
export const takeOverFailure = failure('take-over', {
  why: z.enum(['awake', 'in-doubt', 'unreadable', 'unavailable', 'consent', 'business']),
});
/**
 * A desk was not renamed or removed. `absent`: it has been removed; `awake`: it has been seen within ten minutes;
 * `too-many`: more than a day allows; `unavailable`: the site database did not answer, and may have done it.
 */
export const deskChangeFailure = failure('desk-change', {
  why: z.enum(['absent', 'awake', 'too-many', 'unavailable']),
});
/**
 * The shared staff was not changed. `fixed`: IT has set it in the meantime; `too-many`: more changes than a day allows;
 * `unavailable`: the site database did not answer, and may have done it.
 */
export const sharedStaffFailure = failure('shared-staff', {
  why: z.enum(['fixed', 'too-many', 'too-many-names', 'unavailable']),
});
export const keychainFailure = failure('keychain', {
  why: z.enum(['unavailable', 'locked', 'timeout']),
});
export const badKeyFailure = failure('bad-key', {
  why: z.enum(['empty', 'characters', 'too-long']),
});
/** A setting fixed by the managed configuration. */
export const lockedFailure = failure('locked', { setting: z.string() });
/** The user refused in a dialog of the main process. */
export const declinedFailure = failure('declined', {});
/** Only a manager may do this, and Settings are locked: needs the PIN, or a new PIN when there is none yet. */
export const pinNeededFailure = failure('pin-needed', { isSet: z.boolean() });
/** The PIN is wrong. No PIN is checked for `waitSeconds`. */
export const wrongPinFailure = failure('wrong-pin', { waitSeconds: z.int() });
/** The PIN was not checked, because of the delay after wrong ones. */
export const pinWaitFailure = failure('pin-wait', { waitSeconds: z.int() });
/** The export file could not be written. No partial file stays. */
export const exportFailure = failure('export', { why: z.enum(['full', 'denied', 'failed']) });
/** The sites were not exported: the site database cannot be asked now, or this is no desk of the office. */
export const sitesUnavailableFailure = failure('sites-unavailable', {});
/** Another export is still being written. */
export const exportBusyFailure = failure('export-busy', {});
/** An SMS to this customer is in flight; nothing was erased. */
export const sendingFailure = failure('sending', {});
/** A request to send an SMS had no answer and may still be carried out until this instant; nothing was erased. */
export const unconfirmedFailure = failure('unconfirmed', { until: instantSchema });
/**
 * A backup could not be made or restored; the database is unchanged. `database-damaged`: the database could not be read to
 * its end, and is repaired; `busy`: another restore is still running.
 */
export const backupFailure = failure('backup', {
  why: z.enum(['gone', 'damaged', 'database-damaged', 'busy', 'failed']),
});
/** Nothing was printed: no printer, or it does not answer. */
export const printFailure = failure('print', {});
