import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { Outcome } from '../../shared/attempt.ts';
import { type Gap, gapSchema, joinGaps } from '../../shared/gap.ts';
import { instantSchema } from '../../shared/invitation.ts';
import type { OutboxStore } from '../outbox/row.ts';
import { jsonTextSchema } from './json-text.ts';
import type { Statements } from './statements.ts';

const ORIGIN_SQL = {
  meta: 'SELECT starts, machine, gap, created_at, highest_instant FROM meta',
  start: 'UPDATE meta SET starts = :starts',
  machine: 'UPDATE meta SET machine = :machine',
  gap: 'UPDATE meta SET gap = :gap',
  // Each row takes the steps of a life that are there; the trigger knows no other.
  release: `
    UPDATE invitation SET state = 'waiting', state_at = :to, due_at = :to, why = NULL WHERE state = 'held'`,
  begin: `
    UPDATE invitation SET state = 'sending', state_at = :to, due_at = NULL, sent_at = :to,
      attempts = attempts + 1, last_attempt_at = :to
    WHERE state = 'waiting'`,
  beginAgain: `
    UPDATE invitation SET sent_at = :to, attempts = attempts + 1, last_attempt_at = :to
    WHERE state IN ('unconfirmed', 'needs_decision')`,
  attempts: `
    INSERT INTO attempt (invitation, nth, started_at)
    SELECT seq, attempts, :from FROM invitation
    WHERE state IN ('sending', 'unconfirmed', 'needs_decision')
      AND NOT EXISTS (SELECT 1 FROM attempt WHERE invitation = seq AND nth = attempts)`,
  endAttempts: `UPDATE attempt SET ended_at = :to, outcome = :outcome WHERE ended_at IS NULL`,
  count: `
    UPDATE invitation SET unclear_attempts = unclear_attempts + 1,
      unclear_since = min(coalesce(unclear_since, :from), last_attempt_at),
      sent_at = :to, last_attempt_at = :to
    WHERE state IN ('sending', 'unconfirmed', 'needs_decision')`,
  ask: `
    UPDATE invitation SET state = 'unconfirmed', state_at = :to, due_at = :to
    WHERE state IN ('sending', 'unconfirmed')`,
} as const;

export type OriginVerbs = Pick<OutboxStore, 'readGap' | 'dateGap'> & {
  /** How often this log was opened for work. */
  readonly readStarts: () => number;
  readonly keepStarts: (starts: number) => void;
  /** The PC that this log belongs to; undefined while none has claimed it. */
  readonly readMachine: () => string | undefined;
  readonly keepMachine: (machine: string) => void;
  /**
   * Something may have happened that this log does not know of. The gap is kept, and whatever was open may have left
   * meanwhile: as after an attempt that nobody heard of.
   */
  readonly doubt: (gap: NewGap) => void;
};

type NewGap = Omit<Gap, 'dated'>;

const metaSchema = z.object({
  starts: z.int(),
  machine: z.nullable(z.string()),
  gap: z.nullable(z.pipe(jsonTextSchema, gapSchema)),
  created_at: instantSchema,
  highest_instant: z.nullable(instantSchema),
});

const OUTCOME: Outcome = { kind: 'unclear', cause: 'gap', notBeforeMs: 0 };

/** Where this log comes from, and what it may have missed. */
export function createOrigin(db: Database.Database, statement: Statements): OriginVerbs {
  const read = () => metaSchema.parse(statement(ORIGIN_SQL.meta).get());
  const doubt = db.transaction((found: NewGap): void => {
    const gap: Gap = { ...found, dated: 'by-this-pc' };
    const { to } = gap;
    const values = { from: gap.from ?? read().created_at, to };
    statement(ORIGIN_SQL.release).run({ to });
    statement(ORIGIN_SQL.beginAgain).run({ to });
    // The attempt that was under way is the one that nobody heard of.
    statement(ORIGIN_SQL.begin).run({ to });
    statement(ORIGIN_SQL.attempts).run({ from: values.from });
    statement(ORIGIN_SQL.endAttempts).run({ to, outcome: JSON.stringify(OUTCOME) });
    statement(ORIGIN_SQL.count).run(values);
    statement(ORIGIN_SQL.ask).run({ to });
    statement(ORIGIN_SQL.gap).run({ gap: JSON.stringify(joinGaps(read().gap, gap)) });
  });
  return {
    readStarts: () => read().starts,
    keepStarts: (starts) => {
      statement(ORIGIN_SQL.start).run({ starts });
    },
    readMachine: () => read().machine ?? undefined,
    keepMachine: (machine) => {
      statement(ORIGIN_SQL.machine).run({ machine });
    },
    readGap: () => read().gap ?? undefined,
    doubt: (gap) => doubt.immediate(gap),
    dateGap: (now) => {
      const { gap } = read();
      if (gap === null || gap.dated === 'by-partoo') return;
      const dated: Gap = { ...gap, to: now, dated: 'by-partoo' };
      statement(ORIGIN_SQL.gap).run({ gap: JSON.stringify(dated) });
    },
  };
}
