import type { Migration } from '../file/migrate.ts';

/**
 * Stores who took the customer's consent, which stays when a colleague corrects the invitation; until now it was the
 * sender.
 */
export const consentBy: Migration = {
  version: 12,
  up: (db) => {
    db.exec(
      'ALTER TABLE invitation ADD COLUMN consent_by TEXT CHECK (consent_by IS NULL OR consent_at IS NOT NULL)',
    );
    db.exec('UPDATE invitation SET consent_by = staff WHERE consent_at IS NOT NULL');
  },
};
