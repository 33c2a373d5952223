import type { Migration } from '../file/migrate.ts';

/**
 * Stores the HTTP status of a refusal: some may stand for another business's resend window, and a person may then send
 * again. Indexes find the last refusal of a number, and the businesses that this desk has sent for lately, without
 * reading all rows.
 */
export const refusals: Migration = {
  version: 11,
  up: (db) => {
    db.exec(COLUMNS);
    db.exec(INDICES);
    db.exec(FILL);
  },
};

const COLUMNS = `
ALTER TABLE invitation ADD COLUMN refusal_status INTEGER CHECK (refusal_status BETWEEN 400 AND 499);
`;

const INDICES = `
CREATE INDEX invitation_refused ON invitation (phone, business_id, state_at, seq) WHERE state = 'refused';

CREATE INDEX invitation_sent_for ON invitation (sent_at, business_id) WHERE sent_at IS NOT NULL;
`;

const FILL = `
UPDATE invitation SET refusal_status = (
  SELECT json_extract(outcome, '$.status') FROM attempt
  WHERE attempt.invitation = invitation.seq AND attempt.nth = invitation.attempts
    AND json_extract(outcome, '$.kind') = 'refused'
    AND json_extract(outcome, '$.status') BETWEEN 400 AND 499
)
WHERE state = 'refused';
`;
