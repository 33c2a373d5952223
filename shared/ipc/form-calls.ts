import * as z from 'zod/mini';
import { instantSchema } from '../invitation.ts';
import { formDraftSchema } from '../form-draft.ts';
import { e164Schema } from '../phone/e164.ts';
import { lastChoiceSchema, staffNameSchema } from '../last-choices.ts';
import { call, nothing } from './call.ts';

/** What the form asks for beside sending: part of the contract. */
export const formCalls = {
  /** Keeps a half-filled form in memory, in case the page goes away; null when there is nothing to keep. */
  'form.keep': call({
    input: z.strictObject({ form: z.nullable(formDraftSchema) }),
    output: nothing,
    failures: [],
  }),
  'form.recall': call({
    input: nothing,
    output: z.strictObject({ form: z.nullable(formDraftSchema) }),
    failures: [],
  }),
  /** Remembers a choice for the next time; it comes back with `desk.read`. */
  'desk.remember': call({ input: lastChoiceSchema, output: nothing, failures: [] }),
  /** The customer said no: nobody at this desk invites the number any more. */
  'doNotContact.add': call({
    input: z.strictObject({ phone: e164Schema, staff: z.nullable(staffNameSchema) }),
    /** Since when it holds, and whether this call has put it on the list. */
    output: z.strictObject({
      since: instantSchema,
      isNew: z.boolean(),
      /** How many invitations that had not been sent ended with it. */
      ended: z.int(),
    }),
    failures: [],
  }),
  /** Takes back a slip of the finger: only the entry that was made at `since` goes. */
  'doNotContact.undoAdd': call({
    input: z.strictObject({ phone: e164Schema, since: instantSchema }),
    output: nothing,
    failures: [],
  }),
} as const;
