import * as z from 'zod/mini';
import { businessIdSchema, instantSchema } from './invitation.ts';

/** What can be chosen to be seen of the history. */
export const HISTORY_STATES = [
  'accepted',
  'not_delivered',
  'refused',
  'maybe_sent',
  'cancelled',
  'expired',
] as const;

/** A part of the history; null wants all. */
export const historyFilterSchema = z.strictObject({
  /** Any part of a number, a name or the name of who sent it. */
  text: z.string().check(z.maxLength(200)),
  /** `not_delivered`: accepted, and the SMS did not arrive. */
  state: z.nullable(z.enum(HISTORY_STATES)),
  businessId: z.nullable(businessIdSchema),
  /** Saved at or after this instant. */
  from: z.nullable(instantSchema),
  /** Saved before this instant. */
  until: z.nullable(instantSchema),
});
export type HistoryFilter = z.infer<typeof historyFilterSchema>;

export const EVERYTHING: HistoryFilter = {
  text: '',
  state: null,
  businessId: null,
  from: null,
  until: null,
};

/** A place in the history: everything older than this one. */
export const historyPlaceSchema = z.strictObject({
  queuedAt: instantSchema,
  seq: z.int().check(z.nonnegative()),
});
export type HistoryPlace = z.infer<typeof historyPlaceSchema>;

/** What became of the invitations that were saved in some time. `maybe_sent` counts nowhere here: nobody knows. */
export const dailyCountSchema = z.strictObject({
  accepted: z.int(),
  /** Of the accepted ones, those whose SMS arrived. */
  delivered: z.int(),
  /** Of the accepted ones, those whose SMS did not. */
  notDelivered: z.int(),
});
export type DailyCount = z.infer<typeof dailyCountSchema>;
