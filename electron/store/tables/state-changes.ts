import type Database from 'better-sqlite3';
import type { Invitation, Progress } from '../../../shared/invitation.ts';
import type { AttemptRecord, Move, OutboxStore, Row } from '../../outbox/store-port.ts';
import type { Decision } from '../../outbox/rules/transitions.ts';
import type { AttemptVerbs } from './attempts.ts';
import { type RowReader, toProgressColumns } from '../rows/row-mapping.ts';
import type { StatementCache } from '../statement-cache.ts';

const SET_PROGRESS = `
  state = :state, state_at = :state_at, due_at = :due_at, why = :why,
  refusal_text = :refusal_text, evidence = :evidence, delivery = :delivery`;

// Never remove Partoo's id: a later decision may not contain it.
const SET_DECISION = `
  ${SET_PROGRESS}, sent_at = :sent_at, partoo_id = coalesce(:partoo_id, partoo_id),
  delivery_due_at = :delivery_due_at, delivery_checks = 0,
  promised_at = coalesce(:promised_at, promised_at)`;

export const STATE_CHANGE_SQL = {
  heldDue: `
    SELECT * FROM invitation
    WHERE due_at IS NOT NULL AND due_at <= :now AND state = 'held'
    ORDER BY due_at`,
  release: `UPDATE invitation SET ${SET_PROGRESS} WHERE id = :id AND state = 'held' RETURNING *`,
  claim: `
    UPDATE invitation
    SET ${SET_PROGRESS}, sent_at = :now, attempts = attempts + 1, last_attempt_at = :now
    WHERE id = :id AND state = 'waiting' RETURNING *`,
  endSending: `
    UPDATE invitation
    SET ${SET_DECISION},
      unclear_attempts = unclear_attempts + :unclear,
      unclear_since = CASE :unclear WHEN 1 THEN coalesce(unclear_since, last_attempt_at) ELSE unclear_since END,
      refusal_status = :refusal_status
    WHERE id = :id AND state = 'sending' RETURNING *`,
  decide: `
    UPDATE invitation SET ${SET_DECISION}
    WHERE id = :id AND state = :from RETURNING *`,
  // Held rows keep their remaining hold; rows that wait for a retry become due now.
  fixFutureTimes: `
    UPDATE invitation SET
      queued_at = min(queued_at, :now),
      state_at = min(state_at, :now),
      due_at = CASE
        WHEN state IN ('waiting', 'unconfirmed') THEN min(due_at, :now)
        ELSE due_at - max(0, state_at - :now)
      END,
      promised_at = CASE WHEN promised_at > :now THEN max(1, promised_at - max(0, state_at - :now)) ELSE promised_at END,
      last_attempt_at = min(last_attempt_at, :now),
      unclear_since = min(unclear_since, :now),
      seen_sent_at = min(seen_sent_at, :now),
      consent_at = min(consent_at, :now),
      sent_at = min(sent_at, :now),
      delivery_due_at = delivery_due_at - max(0, state_at - :now)
    WHERE state_at > :now OR queued_at > :now OR sent_at > :now
      OR (state IN ('waiting', 'unconfirmed') AND due_at > :now)
    RETURNING *`,
} as const;

type MoveVerbs = Pick<
  OutboxStore,
  | 'releaseHeld'
  | 'claim'
  | 'recordAttempt'
  | 'recordDecision'
  | 'recordDecisions'
  | 'fixFutureTimes'
>;

type MoveParts = {
  readonly db: Database.Database;
  readonly statement: StatementCache;
  readonly rows: RowReader;
  readonly attempts: AttemptVerbs;
};

/** Creates all state changes of stored invitations: each compares the expected state, in one transaction. */
export function createStateChanges({ db, statement, rows, attempts }: MoveParts): MoveVerbs {
  const move = (sql: string, values: object): Row | undefined =>
    rows.read(statement(sql).get(values));

  const release = ({ invitation: { id } }: Row, now: number): Row | undefined => {
    const progress: Progress = { state: 'waiting', at: now, dueAt: now };
    return move(STATE_CHANGE_SQL.release, { id, ...toProgressColumns(progress) });
  };

  const releaseHeld = db.transaction((now: number): readonly Invitation[] =>
    rows
      .tryReadAll(statement(STATE_CHANGE_SQL.heldDue).all({ now }))
      .map((row) => release(row, now))
      .filter((row) => row !== undefined)
      .map((row) => row.invitation),
  );

  const claim = db.transaction((id: string, now: number): Row | undefined => {
    const progress: Progress = { state: 'sending', at: now };
    const row = move(STATE_CHANGE_SQL.claim, { id, now, ...toProgressColumns(progress) });
    if (row !== undefined) attempts.begin(id);
    return row;
  });

  const recordAttempt = db.transaction(
    (id: string, attempt: AttemptRecord, decision: Decision): Invitation | undefined => {
      const { outcome } = attempt;
      const row = move(STATE_CHANGE_SQL.endSending, {
        id,
        unclear: outcome.kind === 'unclear' ? 1 : 0,
        refusal_status: outcome.kind === 'refused' ? outcome.status : null,
        ...toDecisionColumns(decision),
      });
      if (row !== undefined) attempts.end(id, attempt);
      return row?.invitation;
    },
  );

  const recordDecisions = db.transaction((moves: readonly Move[]): readonly Invitation[] =>
    moves
      .map(({ id, from, decision }) =>
        move(STATE_CHANGE_SQL.decide, { id, from, ...toDecisionColumns(decision) }),
      )
      .filter((row) => row !== undefined)
      .map((row) => row.invitation),
  );

  return {
    releaseHeld: (now) => releaseHeld.immediate(now),
    claim: (id, now) => claim.immediate(id, now),
    recordAttempt: (id, attempt, decision) => recordAttempt.immediate(id, attempt, decision),
    recordDecision: (id, from, decision) => recordDecisions.immediate([{ id, from, decision }])[0],
    recordDecisions: (moves) => (moves.length === 0 ? [] : recordDecisions.immediate(moves)),
    fixFutureTimes: (now) =>
      rows
        .tryReadAll(statement(STATE_CHANGE_SQL.fixFutureTimes).all({ now }))
        .map((row) => row.invitation),
  };
}

/** The columns that a decision overwrites. */
export function toDecisionColumns(decision: Decision) {
  const { progress, sentAt, partooId, deliveryDueAt, promisedAt } = decision;
  return {
    ...toProgressColumns(progress),
    sent_at: sentAt,
    partoo_id: partooId,
    delivery_due_at: deliveryDueAt,
    promised_at: promisedAt ?? null,
  };
}
