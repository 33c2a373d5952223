import type { Migration } from '../file/migrate.ts';

/** To whom a customer agreed stays when a colleague corrects the invitation; until now it was the one who sent it. */
export const consentBy: Migration = {
  version: 12,
  up: (db) => {
    db.exec(
      'ALTER TABLE invitation ADD COLUMN consent_by TEXT CHECK (consent_by IS NULL OR consent_at IS NOT NULL)',
    );
    db.exec('UPDATE invitation SET consent_by = staff WHERE consent_at IS NOT NULL');
  },
};
