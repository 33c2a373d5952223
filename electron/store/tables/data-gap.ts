import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { Outcome } from '../../../shared/attempt.ts';
import { type DataGap, dataGapSchema, joinGaps } from '../../../shared/data-gap.ts';
import { instantSchema } from '../../../shared/invitation.ts';
import type { OutboxStore } from '../../outbox/store-port.ts';
import { jsonColumn } from '../rows/json-column.ts';
import type { StatementCache } from '../statement-cache.ts';
import { SITE_CLAIM_SQL } from './site-claims.ts';

const OPEN = "('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')";
/** The rows that a gap affects: those with these ids, or all if `only` is null. */
const CONCERNED = '(:only IS NULL OR id IN (SELECT value FROM json_each(:only)))';
/** 1 if this gap counts as a new attempt; 0 if an earlier gap already covers the row and it had no attempt since. */
const IS_FIRST = '(seq NOT IN (SELECT value FROM json_each(:doubted)))';

const GAP_SQL = {
  read: 'SELECT gap, created_at FROM meta',
  write: 'UPDATE meta SET gap = :gap',
  doubted: `
    SELECT json_group_array(seq) FROM invitation
    WHERE state IN ${OPEN} AND EXISTS (
      SELECT 1 FROM attempt WHERE invitation = seq AND nth = attempts AND outcome ->> 'cause' = 'gap'
    )`,
  onlyByPerson: `
    UPDATE invitation SET only_by_person = 1
    WHERE state IN ${OPEN} AND ${CONCERNED}`,
  // Each row takes only allowed transitions; the trigger refuses all others.
  release: `
    UPDATE invitation SET state = 'waiting', state_at = :to, due_at = :to, why = NULL
    WHERE state = 'held' AND ${CONCERNED}`,
  begin: `
    UPDATE invitation SET state = 'sending', state_at = :to, due_at = NULL, sent_at = :to,
      attempts = attempts + ${IS_FIRST}, last_attempt_at = :to
    WHERE state = 'waiting' AND ${CONCERNED}`,
  beginAgain: `
    UPDATE invitation SET sent_at = :to, attempts = attempts + ${IS_FIRST}, last_attempt_at = :to
    WHERE state IN ('unconfirmed', 'needs_decision') AND ${CONCERNED}`,
  attempts: `
    INSERT INTO attempt (invitation, nth, started_at)
    SELECT seq, attempts, :from FROM invitation
    WHERE state IN ('sending', 'unconfirmed', 'needs_decision') AND ${CONCERNED}
      AND NOT EXISTS (SELECT 1 FROM attempt WHERE invitation = seq AND nth = attempts)`,
  endAttempts: `
    UPDATE attempt SET ended_at = :to, outcome = :outcome
    WHERE ended_at IS NULL AND invitation IN (SELECT seq FROM invitation WHERE ${CONCERNED})`,
  prolongAttempts: `
    UPDATE attempt SET ended_at = :to
    WHERE (invitation, nth) IN (
      SELECT seq, attempts FROM invitation
      WHERE seq IN (SELECT value FROM json_each(:doubted)) AND ${CONCERNED}
    )`,
  count: `
    UPDATE invitation SET unclear_attempts = unclear_attempts + ${IS_FIRST},
      unclear_since = min(coalesce(unclear_since, :from), last_attempt_at),
      sent_at = :to, last_attempt_at = :to
    WHERE state IN ('sending', 'unconfirmed', 'needs_decision') AND ${CONCERNED}`,
  ask: `
    UPDATE invitation SET state = 'unconfirmed', state_at = :to, due_at = :to
    WHERE state IN ('sending', 'unconfirmed') AND ${CONCERNED}`,
  // Another invitation has replaced it, and its own end is unknown.
  closeReplaced: `
    UPDATE invitation SET state = 'maybe_sent', state_at = :to, due_at = NULL, why = NULL
    WHERE state IN ('unconfirmed', 'needs_decision')
      AND id IN (SELECT value FROM json_each(:replaced))`,
} as const;

export type DataGapVerbs = Pick<OutboxStore, 'readGap' | 'dateGap'> & {
  /**
   * Records a data gap: something may have happened that this database does not know. Open rows may have been sent in
   * that time, as after an attempt without an answer. They may also have been cancelled, so they need a person unless
   * Partoo's list proves them sent. Claims at the site database are dropped without being settled. A second gap without an attempt in between counts as the same attempt.
   */
  readonly doubt: (gap: NewGap, about?: Partial<DoubtAbout>) => void;
};

/** The open rows that a gap affects, and the facts known about them. */
export type DoubtAbout = {
  /** Only rows with these ids; null: all. */
  readonly only: readonly string[] | null;
  /** The ids of invitations that another invitation replaced. */
  readonly replaced: readonly string[];
};
const ALL: DoubtAbout = { only: null, replaced: [] };

type NewGap = Omit<DataGap, 'dated'>;

const gapRowSchema = z.object({
  gap: z.nullable(z.pipe(jsonColumn, dataGapSchema)),
  created_at: instantSchema,
});

const OUTCOME: Outcome = { kind: 'unclear', cause: 'gap', notBeforeMs: 0 };

/** Creates the record of the data gap, and the changes that a gap makes to open rows. */
export function createDataGap(db: Database.Database, statement: StatementCache): DataGapVerbs {
  const read = () => gapRowSchema.parse(statement(GAP_SQL.read).get());
  const doubt = db.transaction((found: NewGap, about: DoubtAbout): void => {
    const gap: DataGap = { ...found, dated: 'by-this-pc' };
    const { to } = gap;
    const from = gap.from ?? read().created_at;
    const only = about.only === null ? null : JSON.stringify(about.only);
    const doubted = z.string().parse(statement(GAP_SQL.doubted).pluck().get());
    statement(GAP_SQL.onlyByPerson).run({ only });
    statement(GAP_SQL.release).run({ to, only });
    statement(GAP_SQL.beginAgain).run({ to, only, doubted });
    // The running attempt is the one without an answer.
    statement(GAP_SQL.begin).run({ to, only, doubted });
    statement(GAP_SQL.attempts).run({ from, only });
    statement(GAP_SQL.endAttempts).run({ to, only, outcome: JSON.stringify(OUTCOME) });
    statement(GAP_SQL.prolongAttempts).run({ to, only, doubted });
    statement(GAP_SQL.count).run({ from, to, only, doubted });
    statement(GAP_SQL.ask).run({ to, only });
    statement(GAP_SQL.closeReplaced).run({ to, replaced: JSON.stringify(about.replaced) });
    // The site database keeps them as possible SMS.
    statement(SITE_CLAIM_SQL.dropAll).run();
    statement(GAP_SQL.write).run({ gap: JSON.stringify(joinGaps(read().gap, gap)) });
  });
  return {
    readGap: () => read().gap ?? undefined,
    doubt: (gap, about) => doubt.immediate(gap, { ...ALL, ...about }),
    dateGap: (now) => {
      const { gap } = read();
      if (gap === null || gap.dated === 'by-partoo') return;
      const dated: DataGap = { ...gap, to: now, dated: 'by-partoo' };
      statement(GAP_SQL.write).run({ gap: JSON.stringify(dated) });
    },
  };
}
