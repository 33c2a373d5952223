import * as z from 'zod/mini';
import { outcomeSchema, type Attempt } from '../../../shared/attempt.ts';
import { instantSchema } from '../../../shared/invitation.ts';
import type { AttemptRecord } from '../../outbox/store-port.ts';
import { describeIssues, type OnBadRow } from '../rows/bad-row.ts';
import { jsonColumn } from '../rows/json-column.ts';
import type { StatementCache } from '../statement-cache.ts';

const ATTEMPT_SQL = {
  begin: `
    INSERT INTO attempt (invitation, nth, started_at)
    SELECT seq, attempts, last_attempt_at FROM invitation WHERE id = :id`,
  end: `
    UPDATE attempt SET ended_at = :ended_at, outcome = :outcome
    WHERE (invitation, nth) = (SELECT seq, attempts FROM invitation WHERE id = :id)
      AND ended_at IS NULL`,
  list: `
    SELECT invitation, nth, started_at, ended_at, outcome FROM attempt
    WHERE invitation = (SELECT seq FROM invitation WHERE id = :id)
    ORDER BY nth`,
} as const;

export type AttemptVerbs = {
  /** Records the start of an invitation's latest attempt, inside the transaction that claims it. */
  readonly begin: (id: string) => void;
  /** Records the end of the latest attempt. Throws when none has begun. */
  readonly end: (id: string, attempt: AttemptRecord) => void;
  /** The attempts of an invitation, first to last. */
  readonly listAttempts: (id: string) => readonly Attempt[];
};

/** Creates the reads and writes of attempts. */
export function createAttempts(statement: StatementCache, onBadRow: OnBadRow): AttemptVerbs {
  return {
    begin: (id) => {
      statement(ATTEMPT_SQL.begin).run({ id });
    },
    end: (id, { endedAt, outcome }) => {
      const text = JSON.stringify(outcome);
      const values = { id, ended_at: endedAt, outcome: text };
      const { changes } = statement(ATTEMPT_SQL.end).run(values);
      if (changes !== 1) throw new Error('No attempt of this invitation is under way');
    },
    listAttempts: (id) =>
      statement(ATTEMPT_SQL.list)
        .all({ id })
        .map((found) => parseAttempt(found, onBadRow))
        .filter((attempt) => attempt !== undefined),
  };
}

const attemptSchema = z.object({
  invitation: z.int(),
  nth: z.int(),
  started_at: instantSchema,
  ended_at: z.nullable(instantSchema),
  outcome: z.nullable(z.pipe(jsonColumn, outcomeSchema)),
});

const placeSchema = z.object({ invitation: z.int(), nth: z.int() });

function parseAttempt(found: unknown, onBadRow: OnBadRow): Attempt | undefined {
  const parsed = attemptSchema.safeParse(found);
  if (!parsed.success) {
    const { invitation, nth } = placeSchema.parse(found);
    onBadRow({ table: 'attempt', key: `${invitation}/${nth}`, why: describeIssues(parsed.error) });
    return undefined;
  }
  const { nth, started_at, ended_at, outcome } = parsed.data;
  const end = ended_at !== null && outcome !== null ? { endedAt: ended_at, outcome } : null;
  return { nth, startedAt: started_at, end };
}
