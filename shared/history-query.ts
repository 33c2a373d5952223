import * as z from 'zod/mini';
import { businessIdSchema, instantSchema } from './invitation.ts';

/** The states that the history can be filtered by. */
export const HISTORY_STATES = [
  'accepted',
  'not_delivered',
  'refused',
  'maybe_sent',
  'cancelled',
  'expired',
] as const;

/** A filter for the history; null means all. */
export const historyFilterSchema = z.strictObject({
  /** Any part of a number, a customer's name or the sender's name. */
  text: z.string().check(z.maxLength(200)),
  /** `not_delivered`: Partoo accepted it, but the SMS did not arrive. */
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

/** A place in the history: rows older than this one follow. */
export const historyPlaceSchema = z.strictObject({
  queuedAt: instantSchema,
  seq: z.int().check(z.nonnegative()),
});
export type HistoryPlace = z.infer<typeof historyPlaceSchema>;

/** Counts the invitations saved in a period by result. `maybe_sent` counts nowhere here: its result is unknown. */
export const dailyCountSchema = z.strictObject({
  accepted: z.int(),
  /** The accepted ones whose SMS arrived. */
  delivered: z.int(),
  /** The accepted ones whose SMS did not arrive. */
  notDelivered: z.int(),
});
export type DailyCount = z.infer<typeof dailyCountSchema>;
