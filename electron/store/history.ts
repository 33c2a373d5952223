import * as z from 'zod/mini';
import { instantSchema, type Invitation } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { RowReader } from './rows.ts';
import type { Statements } from './statements.ts';

export const HISTORY_SQL = {
  finished: `
    SELECT * FROM invitation
    WHERE state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
      AND (queued_at, id) < (:queuedAt, :id)
    ORDER BY queued_at DESC, id DESC LIMIT :limit`,
} as const;

/** A place in the history: everything older than this invitation. */
type Place = { readonly queuedAt: EpochMs; readonly id: string };

export type FinishedQuery = {
  /** Null: from the newest on. */
  readonly before: Place | null;
  readonly limit: number;
};

export type FinishedPage = {
  readonly invitations: readonly Invitation[];
  /** Where the next page begins; null when this one is the last. */
  readonly next: Place | null;
};

export type HistoryVerbs = {
  /** At most `limit` finished invitations, newest first. What a page costs does not grow with the log. */
  readonly listFinished: (query: FinishedQuery) => FinishedPage;
};

/** Later than every invitation. */
const TOP: Place = { queuedAt: Number.MAX_SAFE_INTEGER, id: '' };

/** Reads what is finished, page by page. */
export function createHistory(statement: Statements, rows: RowReader): HistoryVerbs {
  return {
    listFinished: ({ before, limit }) => {
      // One more than asked for tells whether there is another page.
      const values = { ...(before ?? TOP), limit: limit + 1 };
      const found = statement(HISTORY_SQL.finished).all(values);
      const page = found.slice(0, limit);
      return {
        invitations: rows.tryReadAll(page).map((row) => row.invitation),
        next: found.length > limit ? toPlace(page.at(-1)) : null,
      };
    },
  };
}

const placeSchema = z.object({ queued_at: instantSchema, id: z.string() });

/** Taken from the columns: a row that cannot be read must not end the history. */
function toPlace(found: unknown): Place {
  const { queued_at, id } = placeSchema.parse(found);
  return { queuedAt: queued_at, id };
}
