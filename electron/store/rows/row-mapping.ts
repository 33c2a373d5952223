import * as z from 'zod/mini';
import {
  businessIdSchema,
  instantSchema,
  invitationSchema,
  type Progress,
  STATES,
} from '../../../shared/invitation.ts';
import type { Row } from '../../outbox/store-port.ts';
import { describeIssues, type OnBadRow } from './bad-row.ts';

/** The columns of a progress; a column that does not belong to the state is null. */
const progressColumnsSchema = z.object({
  state: z.enum(STATES),
  state_at: z.int(),
  due_at: z.nullable(z.int()),
  why: z.nullable(z.string()),
  refusal_text: z.nullable(z.string()),
  evidence: z.nullable(z.string()),
  delivery: z.nullable(z.string()),
});

const columnsSchema = z.extend(progressColumnsSchema, {
  id: z.string(),
  token: z.string(),
  business_id: z.string(),
  phone: z.string(),
  name: z.string(),
  content: z.nullable(z.string()),
  staff: z.nullable(z.string()),
  consent_at: z.nullable(z.int()),
  consent_by: z.nullable(z.string()),
  force_reason: z.nullable(z.string()),
  promised_at: z.int(),
  seen_sent_at: z.nullable(z.int()),
  seen_business_id: z.nullable(z.string()),
  queued_at: z.int(),
  replaces: z.nullable(z.string()),
  attempts: z.int(),
  last_attempt_at: z.nullable(z.int()),
  unclear_attempts: z.int(),
  unclear_since: z.nullable(z.int()),
  refusal_status: z.nullable(z.int()),
  sent_at: z.nullable(z.int()),
  only_by_person: z.int(),
});

type ProgressColumns = z.infer<typeof progressColumnsSchema>;
type Columns = z.infer<typeof columnsSchema>;

const rowSchema = z.strictObject({
  invitation: invitationSchema,
  token: z.string(),
  attempts: z.int(),
  unclearAttempts: z.int(),
  unclearSince: z.nullable(instantSchema),
  lastAttemptAt: z.nullable(instantSchema),
  promisedAt: instantSchema,
  seenSentAt: z.nullable(instantSchema),
  seenBusinessId: z.nullable(businessIdSchema),
  sentAt: z.nullable(instantSchema),
  onlyByPerson: z.boolean(),
});

/** The columns of a row for writing: all except `seq`, which SQLite assigns, and `partoo_id`, which Partoo assigns. */
export function toColumns(row: Row): Columns {
  const { invitation } = row;
  return {
    id: invitation.id,
    token: row.token,
    business_id: invitation.businessId,
    phone: invitation.phone,
    name: invitation.name,
    content: invitation.content,
    staff: invitation.staff,
    consent_at: invitation.consentAt,
    consent_by: invitation.consentBy,
    force_reason: invitation.forceReason,
    promised_at: row.promisedAt,
    seen_sent_at: row.seenSentAt,
    seen_business_id: row.seenBusinessId,
    queued_at: invitation.queuedAt,
    replaces: invitation.replaces,
    attempts: row.attempts,
    last_attempt_at: row.lastAttemptAt,
    unclear_attempts: row.unclearAttempts,
    unclear_since: row.unclearSince,
    refusal_status: invitation.refusalStatus,
    sent_at: row.sentAt,
    only_by_person: row.onlyByPerson ? 1 : 0,
    ...toProgressColumns(invitation.progress),
  };
}

/** The columns that a new progress overwrites: all of them, so that nothing of the old one remains. */
export function toProgressColumns(progress: Progress): ProgressColumns {
  const columns = {
    state: progress.state,
    state_at: progress.at,
    due_at: null,
    why: null,
    refusal_text: null,
    evidence: null,
    delivery: null,
  };
  switch (progress.state) {
    case 'held':
      return { ...columns, due_at: progress.notBefore, why: progress.why };
    case 'waiting':
    case 'unconfirmed':
      return { ...columns, due_at: progress.dueAt };
    case 'needs_decision':
      return { ...columns, why: progress.why };
    case 'accepted':
      return { ...columns, evidence: progress.evidence, delivery: progress.delivery };
    case 'refused':
      return { ...columns, why: progress.why, refusal_text: progress.text };
    case 'cancelled':
      return { ...columns, why: progress.why ?? null };
    case 'sending':
    case 'maybe_sent':
    case 'expired':
      return columns;
    default:
      return progress satisfies never;
  }
}

function toProgress({ state, ...columns }: ProgressColumns) {
  const at = columns.state_at;
  switch (state) {
    case 'held':
      return { state, at, notBefore: columns.due_at, why: columns.why };
    case 'waiting':
    case 'unconfirmed':
      return { state, at, dueAt: columns.due_at };
    case 'needs_decision':
      return { state, at, why: columns.why };
    case 'accepted':
      return { state, at, evidence: columns.evidence, delivery: columns.delivery };
    case 'refused':
      return { state, at, why: columns.why, text: columns.refusal_text };
    case 'cancelled':
      return columns.why === null ? { state, at } : { state, at, why: columns.why };
    case 'sending':
    case 'maybe_sent':
    case 'expired':
      return { state, at };
    default:
      return state satisfies never;
  }
}

function toCandidate(columns: Columns) {
  return {
    invitation: {
      id: columns.id,
      businessId: columns.business_id,
      phone: columns.phone,
      name: columns.name,
      content: columns.content,
      staff: columns.staff,
      consentAt: columns.consent_at,
      consentBy: columns.consent_by,
      forceReason: columns.force_reason,
      queuedAt: columns.queued_at,
      replaces: columns.replaces,
      mayHaveLeft: columns.unclear_attempts > 0,
      refusalStatus: columns.refusal_status,
      progress: toProgress(columns),
    },
    token: columns.token,
    attempts: columns.attempts,
    unclearAttempts: columns.unclear_attempts,
    unclearSince: columns.unclear_since,
    lastAttemptAt: columns.last_attempt_at,
    promisedAt: columns.promised_at,
    seenSentAt: columns.seen_sent_at,
    seenBusinessId: columns.seen_business_id,
    sentAt: columns.sent_at,
    onlyByPerson: columns.only_by_person === 1,
  };
}

type Reading =
  { readonly ok: true; readonly row: Row } | { readonly ok: false; readonly why: string };

/** Parses the columns of `invitation` into a row, or lists their problems. */
export function parseRow(found: unknown): Reading {
  const columns = columnsSchema.safeParse(found);
  if (!columns.success) return { ok: false, why: describeIssues(columns.error) };
  const row = rowSchema.safeParse(toCandidate(columns.data));
  return row.success ? { ok: true, row: row.data } : { ok: false, why: describeIssues(row.error) };
}

const placeSchema = z.object({ seq: z.int() });

/** Converts SQL results of `invitation` into domain values. */
export type RowReader = {
  /** The row; undefined, and reported, when it is unreadable. For calls that may skip it. */
  readonly tryRead: (found: unknown) => Row | undefined;
  /**
   * The row, for calls about this very one: the answer "there is none" could send a second SMS. Undefined when nothing
   * was found; throws when it is unreadable.
   */
  readonly read: (found: unknown) => Row | undefined;
  /** All readable rows, in their order. */
  readonly tryReadAll: (found: readonly unknown[]) => readonly Row[];
  /** The `seq` of the unreadable rows found so far, as JSON. */
  readonly unreadable: () => string;
};

/** Creates a reader that parses rows one by one, so that a bad one does not block the others. */
export function createRowReader(onBadRow: OnBadRow): RowReader {
  const unreadable = new Set<number>();

  const tryRead = (found: unknown): Row | undefined => {
    const reading = parseRow(found);
    if (reading.ok) return reading.row;
    // Not the id: it may be the wrong value, with unknown content.
    const { seq } = placeSchema.parse(found);
    unreadable.add(seq);
    onBadRow({ table: 'invitation', key: String(seq), why: reading.why });
    return undefined;
  };

  const read = (found: unknown): Row | undefined => {
    if (found === undefined) return undefined;
    const row = tryRead(found);
    if (row === undefined) throw new Error('An invitation in the database cannot be read');
    return row;
  };

  return {
    tryRead,
    read,
    tryReadAll: (found) => found.map(tryRead).filter((row) => row !== undefined),
    unreadable: () => JSON.stringify([...unreadable]),
  };
}
