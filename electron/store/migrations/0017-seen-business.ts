import type { Migration } from '../file/migrate.ts';

/**
 * Stores the business of the SMS that a person saw before they sent again anyway: an SMS for another business at about
 * the same time is not that one. Null: unknown, as for all rows until now.
 */
export const seenBusiness: Migration = {
  version: 17,
  up: (db) => {
    db.exec(
      'ALTER TABLE invitation ADD COLUMN seen_business_id TEXT CHECK (seen_business_id IS NULL OR seen_sent_at IS NOT NULL)',
    );
  },
};
