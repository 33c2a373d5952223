import * as z from 'zod/mini';
import {
  deskChangeFailure,
  exportFailure,
  notAllowedFailure,
  pinNeededFailure,
  pinWaitFailure,
  sitesUnavailableFailure,
  takeOverFailure,
  tooLateFailure,
  wrongPinFailure,
} from '../failure.ts';
import { exportedSchema } from '../exported.ts';
import { invitationIdSchema, invitationSchema } from '../invitation.ts';
import {
  deskNameSchema,
  deskReportSchema,
  erasureProgressSchema,
  otherDeskListSchema,
  siteStatusSchema,
} from '../other-desks.ts';
import { typedPinSchema } from '../pin.ts';
import { call, nothing } from './call.ts';

/** The calls about the other desks of the organisation: part of the contract. */
export const otherDesksCalls = {
  'otherDesks.readStatus': call({ input: nothing, output: siteStatusSchema, failures: [] }),
  /** Lists the waiting invitations of the other desks of this site. */
  'otherDesks.listOpen': call({ input: nothing, output: otherDeskListSchema, failures: [] }),
  /** Makes an invitation of a silent desk of this site one of this desk. */
  'otherDesks.takeOver': call({
    input: z.strictObject({
      id: invitationIdSchema,
      /** The manager's PIN, where there is one and Settings are locked. */
      pin: z.nullable(typedPinSchema),
    }),
    output: invitationSchema,
    failures: [
      tooLateFailure,
      notAllowedFailure,
      takeOverFailure,
      pinNeededFailure,
      wrongPinFailure,
      pinWaitFailure,
    ],
  }),
  /** Reads the desks and the organisation's rate, for a manager; null when the site database cannot be asked. */
  'desks.readReport': call({
    input: nothing,
    output: z.nullable(deskReportSchema),
    failures: [pinNeededFailure],
  }),
  /** Reads how far the erasures that this desk has ordered have got, for a manager. */
  'desks.readErasures': call({
    input: nothing,
    output: z.readonly(z.array(erasureProgressSchema)),
    failures: [pinNeededFailure],
  }),
  /** Renames a desk of this site. */
  'desks.rename': call({
    input: z.strictObject({ id: z.int(), name: deskNameSchema }),
    output: nothing,
    failures: [deskChangeFailure, pinNeededFailure],
  }),
  /** Ends the right of a silent desk of this site. */
  'desks.remove': call({
    input: z.strictObject({ id: z.int() }),
    output: nothing,
    failures: [deskChangeFailure, pinNeededFailure],
  }),
  /** Exports the counts of all sites to a file that a person chooses, at a desk of the office. */
  'desks.exportSites': call({
    input: z.strictObject({ as: z.literal('csv') }),
    output: exportedSchema,
    failures: [exportFailure, sitesUnavailableFailure, pinNeededFailure],
  }),
} as const;
