import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { EpochMs } from '../../../shared/time.ts';
import { jsonColumn } from '../rows/json-column.ts';
import type { RowReader } from '../rows/row-mapping.ts';
import type { StatementCache } from '../statement-cache.ts';

export const SITE_CLAIM_SQL = {
  // Also after a restore of this database, and after the clock was set back: never a number twice.
  nextNumber: 'UPDATE site_sharing SET claim = max(claim + 1, :now) RETURNING claim',
  tryClaim: 'INSERT INTO site_claim (invitation, claim) VALUES (:invitation, :claim)',
  // A granted claim is the last one of its invitation: the calls before it can no longer be.
  dropOlder: 'DELETE FROM site_claim WHERE invitation = :invitation AND claim < :claim',
  drop: 'DELETE FROM site_claim WHERE invitation = :invitation AND claim = :claim',
  claims: `
    SELECT site_claim.invitation, json_group_array(claim) AS claims FROM site_claim
    LEFT JOIN invitation ON invitation.id = site_claim.invitation
    WHERE invitation.state IS NOT 'sending'
      AND (seq IS NULL OR seq NOT IN (SELECT value FROM json_each(:unreadable)))
    GROUP BY site_claim.invitation LIMIT 500`,
  // A database that may be older than its claims proves nothing about them.
  dropAll: 'DELETE FROM site_claim',
  partooId: 'SELECT partoo_id FROM invitation WHERE id = :id',
} as const;

const number = z.int().check(z.positive());
const partooIdSchema = z.nullish(z.string());
const claimsSchema = z.array(
  z.object({ invitation: z.string(), claims: z.pipe(jsonColumn, z.array(number)) }),
);

export type OpenClaim = {
  readonly invitation: string;
  /** The numbers of its calls that may have been granted. */
  readonly claims: readonly number[];
};

export type SiteClaimVerbs = {
  /** Partoo's id of the SMS of this invitation; null without one. */
  readonly readPartooId: (id: string) => string | null;
  /** Records that a claim may exist, and returns its number: higher than any before. Call it before the request. */
  readonly tryClaim: (invitation: string, now: EpochMs) => number;
  /** The claim with this number was granted. */
  readonly keepClaim: (invitation: string, claim: number) => void;
  /** The call with this number was answered, and granted nothing. */
  readonly notClaimed: (invitation: string, claim: number) => void;
  /** Claims whose row is not `sending`, and not unreadable: what became of those is not known. */
  readonly listOpenClaims: () => readonly OpenClaim[];
  /** Drops settled claims; one that was made since stays. */
  readonly dropClaims: (settled: OpenClaim) => void;
};

/** Creates the record of the claims at the site database that are not settled. */
export function createSiteClaims(
  db: Database.Database,
  statement: StatementCache,
  rows: Pick<RowReader, 'unreadable'>,
): SiteClaimVerbs {
  const tryClaim = db.transaction((invitation: string, now: EpochMs): number => {
    const claim = number.parse(statement(SITE_CLAIM_SQL.nextNumber).pluck().get({ now }));
    statement(SITE_CLAIM_SQL.tryClaim).run({ invitation, claim });
    return claim;
  });
  const drop = db.transaction(({ invitation, claims }: OpenClaim) => {
    for (const claim of claims) statement(SITE_CLAIM_SQL.drop).run({ invitation, claim });
  });
  return {
    readPartooId: (id) =>
      partooIdSchema.parse(statement(SITE_CLAIM_SQL.partooId).pluck().get({ id })) ?? null,
    tryClaim: (invitation, now) => tryClaim.immediate(invitation, now),
    keepClaim: (invitation, claim) => {
      statement(SITE_CLAIM_SQL.dropOlder).run({ invitation, claim });
    },
    notClaimed: (invitation, claim) => drop.immediate({ invitation, claims: [claim] }),
    listOpenClaims: () => {
      const query = { unreadable: rows.unreadable() };
      return claimsSchema.parse(statement(SITE_CLAIM_SQL.claims).all(query));
    },
    dropClaims: (settled) => drop.immediate(settled),
  };
}
