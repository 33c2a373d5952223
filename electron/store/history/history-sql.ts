const FINISHED = "('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')";

const WITHIN = `
  (queued_at, seq) < (:queuedAt, :seq) AND (queued_at, seq) >= (:floorAt, :floorSeq)
  AND (:businessId IS NULL OR business_id = :businessId)`;

const FAILED = "('failed_send', 'failed_delivery')";

/** The queries for finished invitations; `columns` is the selection. */
const reads = (columns: string) => ({
  finished: `
    SELECT ${columns} FROM invitation
    WHERE state IN ${FINISHED} AND ${WITHIN} AND (:state IS NULL OR state = :state)
    ORDER BY queued_at DESC, seq DESC LIMIT :limit`,
  notDelivered: `
    SELECT ${columns} FROM invitation
    WHERE delivery IN ${FAILED} AND ${WITHIN}
    ORDER BY queued_at DESC, seq DESC LIMIT :limit`,
  bySeq: `SELECT ${columns} FROM invitation WHERE seq = :seq`,
  // The text index knows only the order of saving.
  found: `
    SELECT ${columns} FROM invitation_search JOIN invitation ON invitation.seq = invitation_search.rowid
    WHERE invitation_search MATCH :match
      AND invitation_search.rowid < :seq AND invitation_search.rowid >= :floorSeq
      AND queued_at >= :from AND queued_at < :until
      AND (:businessId IS NULL OR business_id = :businessId)
      AND (:state IS NULL OR state = :state)
      AND (NOT :notDelivered OR delivery IN ${FAILED})
      AND NOT EXISTS (
        SELECT 1 FROM json_each(:wholes) AS word WHERE NOT EXISTS (
          SELECT 1 FROM json_each(word.value) AS spelling
          WHERE instr(invitation_search.text, spelling.value) > 0
        )
      )
    ORDER BY invitation_search.rowid DESC LIMIT :limit`,
});

export type HistoryReads = ReturnType<typeof reads>;

export const EXPORT_SQL = reads(`
  seq, queued_at, phone, name, staff, state, state_at, delivery, evidence, refusal_text, business_id, consent_at,
  consent_by, force_reason, content`);

export const HISTORY_SQL = {
  ...reads('invitation.*'),
  scanned: `
    SELECT queued_at, seq, phone, name, staff FROM invitation
    WHERE state IN ${FINISHED} AND ${WITHIN} AND (:state IS NULL OR state = :state)
      AND (NOT :notDelivered OR delivery IN ${FAILED})
    ORDER BY queued_at DESC, seq DESC`,
  // Limits one query, counted in rows of the index.
  floor: `
    SELECT queued_at, seq FROM invitation
    WHERE state IN ${FINISHED} AND (queued_at, seq) < (:queuedAt, :seq)
    ORDER BY queued_at DESC, seq DESC LIMIT 1 OFFSET :steps`,
  newestSeq: 'SELECT max(seq) FROM invitation',
} as const;
