import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { StatementCache } from '../statement-cache.ts';

export const SITE_CLAIM_SQL = {
  tryClaim: `
    INSERT INTO site_claim (invitation, claim, unanswered) VALUES (:invitation, 0, 1)
    ON CONFLICT (invitation) DO UPDATE SET unanswered = unanswered + 1`,
  // A granted claim has the next number: the calls before it, answered or not, are part of it.
  keepClaim: 'UPDATE site_claim SET claim = :claim, unanswered = 0 WHERE invitation = :invitation',
  notClaimed:
    'UPDATE site_claim SET unanswered = max(0, unanswered - 1) WHERE invitation = :invitation',
  dropUnusedClaim:
    'DELETE FROM site_claim WHERE invitation = :invitation AND claim = 0 AND unanswered = 0',
  claims: `
    SELECT site_claim.invitation, claim, unanswered FROM site_claim
    LEFT JOIN invitation ON invitation.id = site_claim.invitation
    WHERE invitation.state IS NOT 'sending' LIMIT 500`,
  partooId: 'SELECT partoo_id FROM invitation WHERE id = :id',
  dropClaim: `
    DELETE FROM site_claim
    WHERE invitation = :invitation AND claim = :claim AND unanswered = :unanswered`,
} as const;

const count = z.int().check(z.nonnegative());
const partooIdSchema = z.nullish(z.string());
const claimsSchema = z.array(z.object({ invitation: z.string(), claim: count, unanswered: count }));

export type OpenClaim = {
  readonly invitation: string;
  /** The number of the last granted claim; 0 without one. */
  readonly claim: number;
  /** How many calls after it had no answer: each may have been granted. */
  readonly unanswered: number;
};

export type SiteClaimVerbs = {
  /** Partoo's id of the SMS of this invitation; null without one. */
  readonly readPartooId: (id: string) => string | null;
  /** Records that a claim may exist. Call it before the request. */
  readonly tryClaim: (invitation: string) => void;
  readonly keepClaim: (invitation: string, claim: number) => void;
  /** The last call was answered, and granted nothing. */
  readonly notClaimed: (invitation: string) => void;
  /** Claims whose row is not `sending`. */
  readonly listOpenClaims: () => readonly OpenClaim[];
  /** Drops a settled claim; one that was made again since stays. */
  readonly dropClaim: (claim: OpenClaim) => void;
};

/** Creates the record of the claims at the site database that are not settled. */
export function createSiteClaims(db: Database.Database, statement: StatementCache): SiteClaimVerbs {
  const notClaimed = db.transaction((invitation: string) => {
    statement(SITE_CLAIM_SQL.notClaimed).run({ invitation });
    statement(SITE_CLAIM_SQL.dropUnusedClaim).run({ invitation });
  });
  return {
    readPartooId: (id) =>
      partooIdSchema.parse(statement(SITE_CLAIM_SQL.partooId).pluck().get({ id })) ?? null,
    tryClaim: (invitation) => {
      statement(SITE_CLAIM_SQL.tryClaim).run({ invitation });
    },
    keepClaim: (invitation, claim) => {
      statement(SITE_CLAIM_SQL.keepClaim).run({ invitation, claim });
    },
    notClaimed: (invitation) => notClaimed.immediate(invitation),
    listOpenClaims: () => claimsSchema.parse(statement(SITE_CLAIM_SQL.claims).all()),
    dropClaim: (claim) => {
      statement(SITE_CLAIM_SQL.dropClaim).run(claim);
    },
  };
}
