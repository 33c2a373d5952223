import * as z from 'zod/mini';
import { instantSchema } from '../invitation.ts';
import { formDraftSchema } from '../form-draft.ts';
import { e164Schema } from '../phone/e164.ts';
import { lastChoiceSchema, staffNameSchema } from '../last-choices.ts';
import { call, nothing } from './call.ts';

/** The form's calls beside sending: part of the contract. */
export const formCalls = {
  /** Keeps the form draft in memory, in case the page crashes; null deletes it. */
  'formDraft.save': call({
    input: z.strictObject({ form: z.nullable(formDraftSchema) }),
    output: nothing,
    failures: [],
  }),
  'formDraft.load': call({
    input: nothing,
    output: z.strictObject({ form: z.nullable(formDraftSchema) }),
    failures: [],
  }),
  /** Remembers a choice for the next time; `app.read` returns it. */
  'lastChoice.save': call({ input: lastChoiceSchema, output: nothing, failures: [] }),
  /** Adds a number after the customer's refusal: this desk invites it no more. */
  'doNotContact.optOut': call({
    input: z.strictObject({ phone: e164Schema, staff: z.nullable(staffNameSchema) }),
    /** Since when the entry exists, and whether this call has added it. */
    output: z.strictObject({
      since: instantSchema,
      isNew: z.boolean(),
      /** The number of unsent invitations that ended with it. */
      ended: z.int(),
    }),
    failures: [],
  }),
  /** Removes an entry added by mistake: only the one made at `since`. */
  'doNotContact.undoOptOut': call({
    input: z.strictObject({ phone: e164Schema, since: instantSchema }),
    output: nothing,
    failures: [],
  }),
} as const;
