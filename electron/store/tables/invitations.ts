import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { instantSchema } from '../../../shared/invitation.ts';
import type { Insertion, OutboxStore, PastSend, Replaced, Row } from '../../outbox/store-port.ts';
import { REAL_USE_SQL } from './real-use.ts';
import { STATE_CHANGE_SQL, toDecisionColumns } from './state-changes.ts';
import type { LastSends } from './last-sends.ts';
import { type RowReader, toColumns } from '../rows/row-mapping.ts';
import { foldedText } from '../history/search-plan.ts';
import type { StatementCache } from '../statement-cache.ts';

// The lists of states are explicit: an index over some states serves only a query that names the same ones. A plus
// hides a value from SQLite's planner, which would otherwise prepare a query with an ORDER BY again for each new
// value.
export const INVITATION_SQL = {
  insert: `
    INSERT INTO invitation (
      id, token, business_id, phone, name, content, staff, consent_at, consent_by, force_reason, seen_sent_at, seen_business_id,
      queued_at, promised_at, replaces, state, state_at, due_at, why, refusal_text, evidence, delivery,
      attempts, last_attempt_at, unclear_attempts, unclear_since, refusal_status, sent_at, only_by_person, folded
    ) VALUES (
      :id, :token, :business_id, :phone, :name, :content, :staff, :consent_at, :consent_by, :force_reason, :seen_sent_at, :seen_business_id,
      :queued_at, :promised_at, :replaces, :state, :state_at, :due_at, :why, :refusal_text, :evidence, :delivery,
      :attempts, :last_attempt_at, :unclear_attempts, :unclear_since, :refusal_status, :sent_at, :only_by_person, :folded
    )`,
  byId: 'SELECT * FROM invitation WHERE id = :id',
  byToken: 'SELECT * FROM invitation WHERE token = :token',
  byPartooId: 'SELECT * FROM invitation WHERE partoo_id = :partooId',
  onItsWay: `
    SELECT * FROM invitation
    WHERE phone = :phone AND id IS NOT :exceptId AND force_reason IS NULL
      AND state IN ('held', 'waiting', 'sending', 'unconfirmed')`,
  openByPhone: `
    SELECT * FROM invitation
    WHERE phone = +:phone AND id IS NOT :exceptId
      AND state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
    ORDER BY queued_at, seq LIMIT 1`,
  lastSend: `
    SELECT sent_at, business_id, name, staff, state, why, unclear_attempts FROM invitation
    WHERE phone = +:phone AND sent_at IS NOT NULL AND id IS NOT :exceptId
    ORDER BY sent_at DESC, seq DESC LIMIT 1`,
  refused: `
    SELECT * FROM invitation
    WHERE phone = +:phone AND business_id = +:businessId AND state = 'refused'
    ORDER BY state_at DESC, seq DESC LIMIT 1`,
  sentFor: `
    SELECT business_id FROM invitation
    WHERE sent_at > +:after
    GROUP BY business_id ORDER BY max(sent_at) DESC LIMIT :limit`,
  open: `
    SELECT * FROM invitation
    WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
    ORDER BY queued_at, seq`,
  openInState: `
    SELECT * FROM invitation
    WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
      AND state = +:state
    ORDER BY queued_at, seq`,
  countOpen: `
    SELECT count(*) FROM invitation
    WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')`,
  countDecisions: `
    SELECT count(*) FROM invitation
    WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
      AND state = 'needs_decision'`,
  queue: `
    SELECT * FROM invitation
    WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
      AND state = 'waiting' AND due_at <= :now
      AND business_id NOT IN (SELECT value FROM json_each(:pausedBusinessIds))
      AND id IS NOT :exceptId
    ORDER BY queued_at, seq`,
  nextDue: `
    SELECT due_at FROM invitation
    WHERE due_at IS NOT NULL AND seq NOT IN (SELECT value FROM json_each(:unreadable))
    ORDER BY due_at LIMIT 1`,
} as const;

type InvitationVerbs = Pick<
  OutboxStore,
  | 'insertInvitation'
  | 'readRow'
  | 'findByToken'
  | 'findByPartooId'
  | 'findOpen'
  | 'findLastSend'
  | 'findRefused'
  | 'listBusinessesSentFor'
  | 'peekNext'
  | 'listRows'
  | 'listOpen'
  | 'countOpen'
  | 'countDecisions'
  | 'nextDueAt'
>;

type InvitationParts = {
  readonly lastSends: Pick<LastSends, 'find'>;
  readonly db: Database.Database;
  readonly statement: StatementCache;
  readonly rows: RowReader;
};

/** Creates the inserts and reads of invitations. `state-changes.ts` changes their state. */
export function createInvitations({
  db,
  statement,
  rows,
  lastSends,
}: InvitationParts): InvitationVerbs {
  const one = (sql: string, values: object): Row | undefined =>
    rows.read(statement(sql).get(values));
  const many = (sql: string, values: object): readonly Row[] =>
    rows.tryReadAll(statement(sql).all(values));

  const end = ({ id, from, decision }: Replaced): Row | undefined =>
    one(STATE_CHANGE_SQL.decide, { id, from, ...toDecisionColumns(decision) });

  const insert = db.transaction((row: Row, replaced?: Replaced): Insertion => {
    const same = one(INVITATION_SQL.byToken, { token: row.token });
    if (same !== undefined) return { kind: 'same-token', row: same };

    const { phone, forceReason } = row.invitation;
    const query = { phone, exceptId: replaced?.id ?? null };
    const onItsWay = forceReason === null ? one(INVITATION_SQL.onItsWay, query) : undefined;
    if (onItsWay !== undefined) return { kind: 'already-open', row: onItsWay };
    if (replaced !== undefined && end(replaced) === undefined) return { kind: 'not-replaced' };

    const folded = foldedText(row.invitation);
    statement(INVITATION_SQL.insert).run({ ...toColumns(row), folded });
    statement(REAL_USE_SQL.invitations).run();
    return { kind: 'inserted', row };
  });

  return {
    insertInvitation: (row, replaced) => {
      // Its attempt would have no record, and nothing could end it.
      if (row.invitation.progress.state === 'sending')
        throw new Error('Only `claim` begins sending');
      return insert.immediate(row, replaced);
    },
    readRow: (id) => one(INVITATION_SQL.byId, { id }),
    findByToken: (token) => one(INVITATION_SQL.byToken, { token }),
    findByPartooId: (partooId) => one(INVITATION_SQL.byPartooId, { partooId }),
    findOpen: (phone, exceptId) => one(INVITATION_SQL.openByPhone, { phone, exceptId }),
    findLastSend: (phone, exceptId) => {
      const here = toPastSend(statement(INVITATION_SQL.lastSend).get({ phone, exceptId }));
      const gone = lastSends.find(phone);
      return gone !== undefined && (here === undefined || gone.sentAt > here.sentAt) ? gone : here;
    },
    findRefused: ({ phone, businessId }) => one(INVITATION_SQL.refused, { phone, businessId }),
    listBusinessesSentFor: (query) =>
      z.array(z.string()).parse(statement(INVITATION_SQL.sentFor).pluck().all(query)),
    peekNext: ({ now, pausedBusinessIds, exceptId }) => {
      const values = { now, pausedBusinessIds: JSON.stringify(pausedBusinessIds), exceptId };
      return firstReadable(statement(INVITATION_SQL.queue).iterate(values), rows);
    },
    listRows: (state) => many(INVITATION_SQL.openInState, { state }),
    listOpen: () => many(INVITATION_SQL.open, {}).map((row) => row.invitation),
    countOpen: () => z.int().parse(statement(INVITATION_SQL.countOpen).pluck().get()),
    countDecisions: () => z.int().parse(statement(INVITATION_SQL.countDecisions).pluck().get()),
    nextDueAt: () => {
      const values = { unreadable: rows.unreadable() };
      return dueSchema.parse(statement(INVITATION_SQL.nextDue).pluck().get(values));
    },
  };
}

const dueSchema = z.optional(instantSchema);

function firstReadable(found: Iterable<unknown>, rows: RowReader): Row | undefined {
  for (const columns of found) {
    const row = rows.tryRead(columns);
    if (row !== undefined) return row;
  }
  return undefined;
}

const pastSendSchema = z.object({
  sent_at: instantSchema,
  business_id: z.string(),
  name: z.string(),
  staff: z.nullable(z.string()),
  state: z.string(),
  why: z.nullable(z.string()),
  unclear_attempts: z.int(),
});

function toPastSend(found: unknown): PastSend | undefined {
  if (found === undefined) return undefined;
  const { sent_at: sentAt, business_id, ...row } = pastSendSchema.parse(found);
  const { name, staff, state, why, unclear_attempts } = row;
  // A send known to a row that was never sent is another sender's, as Partoo showed it.
  const isForeign = why === 'window' && (state === 'refused' || unclear_attempts === 0);
  if (isForeign)
    return {
      sentAt,
      businessId: null,
      name: '',
      staff: null,
      from: 'elsewhere',
      place: null,
      proved: true,
    };
  const proved = state === 'accepted';
  return { sentAt, businessId: business_id, name, staff, from: 'here', place: null, proved };
}
