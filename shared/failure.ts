import * as z from 'zod/mini';
import { storageTroubleSchema } from './connection.ts';
import { instantSchema } from './invitation.ts';
import { MESSAGE_PROBLEMS } from './sms/message.ts';
import { verdictSchema } from './verdict.ts';

/** A failure that staff can act on. Each kind has its words in the catalogue; none carries a stack or a path into one. */
const failure = <K extends string, S extends z.core.$ZodLooseShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** The local log could not be written or read. Nothing was saved and nothing was sent. */
const storageFailure = failure('storage', {
  why: storageTroubleSchema,
});

/** Deskbell's own mistake, logged under `reference`. */
const bugFailure = failure('bug', { reference: z.string() });

/** Deskbell is open but its data cannot be used; `desk.read` says why. */
const blockedFailure = failure('blocked', {});

/** Every call can fail in these ways, whatever it does. */
export const commonFailures = [storageFailure, bugFailure, blockedFailure] as const;

/** The verdict at the moment of saving forbids it; the form shows this verdict. */
export const notAllowedFailure = failure('not-allowed', { verdict: verdictSchema });
/** The permission to send again was used, is too old, or was given for something else. */
export const ticketFailure = failure('ticket', {});
/** More in a short time than any person at a desk enters. Nothing was saved. */
export const tooFastFailure = failure('too-fast', {});
export const unknownBusinessFailure = failure('unknown-business', {});
/** The custom text cannot be sent as it stands. */
export const messageFailure = failure('message', { problem: z.enum(MESSAGE_PROBLEMS) });
/** The customer has not agreed, and this desk asks for that. Nothing was saved. */
export const consentFailure = failure('consent', {});
/** The invitation has gone on meanwhile: the state is not one that this action applies to. */
export const tooLateFailure = failure('too-late', {});
export const keychainFailure = failure('keychain', {
  why: z.enum(['unavailable', 'locked', 'timeout']),
});
export const badKeyFailure = failure('bad-key', {
  why: z.enum(['empty', 'characters', 'too-long']),
});
/** A setting that the managed configuration has fixed. */
export const lockedFailure = failure('locked', { setting: z.string() });
/** A person was asked by the main process and said no. */
export const declinedFailure = failure('declined', {});
/** A manager does this, and no manager is at work: the PIN has to be typed first, or set when there is none yet. */
export const pinNeededFailure = failure('pin-needed', { isSet: z.boolean() });
/** Not the PIN. While `waitSeconds` last, no PIN is looked at. */
export const wrongPinFailure = failure('wrong-pin', { waitSeconds: z.int() });
/** The PIN was not looked at: after wrong ones nobody may try for so long. */
export const pinWaitFailure = failure('pin-wait', { waitSeconds: z.int() });
/** The file of an export could not be written. No file is left. */
export const exportFailure = failure('export', { why: z.enum(['full', 'denied', 'failed']) });
/** Another export is still being written. */
export const exportBusyFailure = failure('export-busy', {});
/** An SMS to this customer is just being sent; nothing was erased. */
export const sendingFailure = failure('sending', {});
/** A request to send one had no answer and may still be carried out, until this instant; nothing was erased. */
export const unconfirmedFailure = failure('unconfirmed', { until: instantSchema });
/**
 * A backup could not be made or restored; the log is as it was. `log-damaged`: the log itself could not be read to its end, and
 * is repaired; `busy`: another restore is not done.
 */
export const backupFailure = failure('backup', {
  why: z.enum(['gone', 'damaged', 'log-damaged', 'busy', 'failed']),
});
/** Nothing was printed: no printer, or one that does not answer. */
export const printFailure = failure('print', {});
