import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { e164Schema, type E164 } from '../../../shared/phone/e164.ts';
import { instantSchema } from '../../../shared/invitation.ts';
import type { EpochMs } from '../../../shared/time.ts';
import { jsonColumn } from '../rows/json-column.ts';
import type { RowReader } from '../rows/row-mapping.ts';
import type { StatementCache } from '../statement-cache.ts';

const OPEN = "('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')";

/** Whether the row's own SMS has been sent or may have been sent. */
const MAY_BE_SENT =
  "(state IN ('sending', 'unconfirmed', 'accepted', 'maybe_sent') OR unclear_attempts > 0)";

export const SITE_SHARING_SQL = {
  read: 'SELECT partner, epoch, shared_epoch, change, pushed, pulled, cleared_to, terms, settings FROM site_sharing',
  begin: 'INSERT INTO site_sharing (only_row, partner) VALUES (1, :partner)',
  clear: [
    'DELETE FROM site_sharing',
    'DELETE FROM unshared_invitation',
    'DELETE FROM unshared_refusal',
    'DELETE FROM site_claim',
    'DELETE FROM refusal_hint',
    'DELETE FROM erasure_to_apply',
  ],
  clearErasures: 'DELETE FROM erasure_order',
  // The newest SMS first: it matters longest.
  markInvitations: `
    INSERT INTO unshared_invitation (id, change)
    SELECT id, :change + row_number() OVER (ORDER BY sent_at DESC, seq DESC) FROM invitation
    WHERE (sent_at > :after AND ${MAY_BE_SENT}) OR state IN ${OPEN}
    ON CONFLICT (id) DO UPDATE SET change = excluded.change`,
  markRefusals: `
    INSERT INTO unshared_refusal (phone, is_removed, change)
    SELECT phone, 0, :change + row_number() OVER (ORDER BY since) FROM do_not_contact WHERE true
    ON CONFLICT (phone) DO UPDATE SET is_removed = 0, change = excluded.change`,
  giveErasuresAgain: 'UPDATE erasure_order SET is_given = 0',
  raiseChange: 'UPDATE site_sharing SET change = max(change, :change)',
  keepEpoch: 'UPDATE site_sharing SET epoch = :epoch',
  keepSharedEpoch: 'UPDATE site_sharing SET shared_epoch = :epoch',
  forgetPosition: 'UPDATE site_sharing SET pulled = 0, cleared_to = 0',
  keepTerms: 'UPDATE site_sharing SET terms = :terms',
  keepSettings: 'UPDATE site_sharing SET settings = :settings',
  numberInvitations: `
    UPDATE unshared_invitation SET change = (SELECT change FROM site_sharing) + numbered.nth
    FROM (
      SELECT id AS numbered_id, row_number() OVER (ORDER BY id) AS nth FROM unshared_invitation WHERE change = 0
    ) AS numbered
    WHERE id = numbered_id`,
  addToChange: 'UPDATE site_sharing SET change = change + :count',
  // A row in `sending` is shared when its attempt has ended: until then the site database has its claim.
  nextInvitations: `
    SELECT unshared_invitation.id, change FROM unshared_invitation LEFT JOIN invitation USING (id)
    WHERE change > 0 AND state IS NOT 'sending' AND (seq IS NULL OR seq NOT IN (SELECT value FROM json_each(:unreadable)))
    ORDER BY change LIMIT :limit`,
  // The newest first: the site database accepts a limited number a day, and a long imported list must not delay today's refusals.
  nextRefusals: `
    SELECT phone, change, since FROM unshared_refusal JOIN do_not_contact USING (phone)
    WHERE is_removed = 0 ORDER BY change DESC LIMIT :limit`,
  nextRemoved: `
    SELECT phone, change, NULL AS since FROM unshared_refusal LEFT JOIN do_not_contact USING (phone)
    WHERE is_removed = 1 OR since IS NULL ORDER BY change LIMIT :limit`,
  dropInvitation: 'DELETE FROM unshared_invitation WHERE id = :id AND change = :change',
  dropRefusal: 'DELETE FROM unshared_refusal WHERE phone = :phone AND change = :change',
  keepPushed: 'UPDATE site_sharing SET pushed = max(pushed, :pushed)',
  markRemovedRefusal: `
    INSERT INTO unshared_refusal (phone, is_removed, change)
    SELECT :phone, 1, change FROM site_sharing WHERE true
    ON CONFLICT (phone) DO UPDATE SET is_removed = 1, change = excluded.change`,
  nextChange: 'UPDATE site_sharing SET change = change + 1',
  markInvitation: `
    INSERT INTO unshared_invitation (id, change) SELECT :id, change FROM site_sharing WHERE true
    ON CONFLICT (id) DO UPDATE SET change = excluded.change`,
  countInvitations: 'SELECT count(*) FROM unshared_invitation',
  countRefusals: 'SELECT count(*) FROM unshared_refusal',
} as const;

const count = z.int().check(z.nonnegative());
const sharingSchema = z.optional(
  z.object({
    partner: z.string(),
    epoch: count,
    shared_epoch: count,
    change: count,
    pushed: count,
    pulled: count,
    cleared_to: count,
    terms: z.nullable(jsonColumn),
    settings: z.nullable(jsonColumn),
  }),
);
const marksSchema = z.array(z.object({ id: z.string(), change: count }));
const refusalMarksSchema = z.array(
  z.object({
    phone: e164Schema,
    change: count,
    since: z.nullable(instantSchema),
  }),
);

/** How far this desk has got with sharing. */
export type SharingState = {
  /** The site database, and this desk's place there. */
  readonly partner: string;
  /** The epoch for which everything is marked, and the one for which everything is shared. */
  readonly epoch: number;
  readonly sharedEpoch: number;
  readonly change: number;
  readonly pushed: number;
  readonly pulled: number;
  readonly clearedTo: number;
  /** As they were kept; not checked here. */
  readonly terms: unknown;
  readonly settings: unknown;
};

/** A change that the site database does not know: the invitation or the refusal, and its number. */
export type UnsharedInvitation = { readonly id: string; readonly change: number };
export type UnsharedRefusal = {
  readonly phone: E164;
  readonly change: number;
  /** Since when the number is on the list; null: it is not, or a person has removed it. */
  readonly since: EpochMs | null;
};
export type SiteSharingVerbs = {
  /** Undefined at a desk that shares nothing. */
  readonly readSharing: () => SharingState | undefined;
  /** Begins to share with this site database; everything about another one is dropped, except orders to erase. */
  readonly beginSharing: (partner: string) => void;
  /** Drops everything about sharing. */
  readonly endSharing: () => void;
  /**
   * Marks everything that the site database may lack: the refusals, the SMS after an instant, the open invitations, the orders to erase; its
   * numbers
   * are higher than `change`. In one step with the epoch for which it holds.
   */
  readonly markEverything: (query: {
    readonly epoch: number;
    readonly change: number;
    readonly sentAfter: EpochMs;
  }) => void;
  /** Everything that was marked for this epoch has been shared. */
  readonly keepSharedEpoch: (epoch: number) => void;
  /** The next pull begins at 0. */
  readonly forgetPosition: () => void;
  readonly keepTerms: (terms: unknown) => void;
  /** Stores the central settings; nothing at a desk that shares nothing. */
  readonly keepCentralSettings: (settings: unknown) => void;
  /** The oldest unshared changes. */
  readonly listUnsharedInvitations: (limit: number) => readonly UnsharedInvitation[];
  /** The newest unshared refusals, or the oldest removed ones. */
  readonly listUnsharedRefusals: (
    which: 'added' | 'removed',
    limit: number,
  ) => readonly UnsharedRefusal[];
  readonly countUnshared: () => { readonly invitations: number; readonly refusals: number };
  /** Removes the marks of these changes; an invitation that has changed since keeps its mark. */
  readonly keepShared: (shared: {
    readonly invitations: readonly UnsharedInvitation[];
    readonly refusals: readonly Pick<UnsharedRefusal, 'phone' | 'change'>[];
    readonly pushed: number;
  }) => void;
  /** Marks an invitation that this desk does not have: it was taken over and is saved here under another id. */
  readonly markInvitation: (id: string) => void;
  readonly markRemovedRefusal: (phone: E164) => void;
};

/** Creates the record of what this desk shares with the site database. */
export function createSiteSharing(
  db: Database.Database,
  statement: StatementCache,
  rows: Pick<RowReader, 'unreadable'>,
): SiteSharingVerbs {
  const clear = (): void => {
    for (const sql of SITE_SHARING_SQL.clear) statement(sql).run();
  };
  const begin = db.transaction((partner: string) => {
    clear();
    statement(SITE_SHARING_SQL.giveErasuresAgain).run();
    statement(SITE_SHARING_SQL.begin).run({ partner });
  });
  const end = db.transaction(() => {
    clear();
    statement(SITE_SHARING_SQL.clearErasures).run();
  });
  const markEverything: SiteSharingVerbs['markEverything'] = ({ epoch, change, sentAfter }) => {
    statement(SITE_SHARING_SQL.raiseChange).run({ change });
    const next = () => z.object({ change: count }).parse(statement(SITE_SHARING_SQL.read).get());
    const raised = (marked: number) =>
      statement(SITE_SHARING_SQL.raiseChange).run({ change: next().change + marked });
    raised(statement(SITE_SHARING_SQL.markRefusals).run(next()).changes);
    raised(
      statement(SITE_SHARING_SQL.markInvitations).run({ ...next(), after: sentAfter }).changes,
    );
    statement(SITE_SHARING_SQL.giveErasuresAgain).run();
    statement(SITE_SHARING_SQL.keepEpoch).run({ epoch });
  };
  const keepShared: SiteSharingVerbs['keepShared'] = ({ invitations, refusals, pushed }) => {
    for (const mark of invitations) statement(SITE_SHARING_SQL.dropInvitation).run(mark);
    for (const mark of refusals) statement(SITE_SHARING_SQL.dropRefusal).run(mark);
    statement(SITE_SHARING_SQL.keepPushed).run({ pushed });
  };
  /** Numbers what has changed since the last call: the change itself leaves that to the push. */
  const numberInvitations = db.transaction(() => {
    const { changes } = statement(SITE_SHARING_SQL.numberInvitations).run();
    if (changes > 0) statement(SITE_SHARING_SQL.addToChange).run({ count: changes });
  });
  const markWithNextChange = db.transaction((sql: string, values: object) => {
    statement(SITE_SHARING_SQL.nextChange).run();
    statement(sql).run(values);
  });
  const number = (sql: string): number => count.parse(statement(sql).pluck().get());

  return {
    readSharing: () => {
      const found = sharingSchema.parse(statement(SITE_SHARING_SQL.read).get());
      if (found === undefined) return undefined;
      const { cleared_to: clearedTo, shared_epoch: sharedEpoch, ...sharing } = found;
      return { ...sharing, clearedTo, sharedEpoch };
    },
    beginSharing: (partner) => begin.immediate(partner),
    endSharing: () => end.immediate(),
    markEverything: (query) => db.transaction(markEverything).immediate(query),
    keepSharedEpoch: (epoch) => {
      statement(SITE_SHARING_SQL.keepSharedEpoch).run({ epoch });
    },
    forgetPosition: () => {
      statement(SITE_SHARING_SQL.forgetPosition).run();
    },
    keepTerms: (terms) => {
      statement(SITE_SHARING_SQL.keepTerms).run({ terms: JSON.stringify(terms) });
    },
    keepCentralSettings: (settings) => {
      statement(SITE_SHARING_SQL.keepSettings).run({ settings: JSON.stringify(settings) });
    },
    listUnsharedInvitations: (limit) => {
      numberInvitations.immediate();
      const query = { limit, unreadable: rows.unreadable() };
      return marksSchema.parse(statement(SITE_SHARING_SQL.nextInvitations).all(query));
    },
    listUnsharedRefusals: (which, limit) =>
      refusalMarksSchema.parse(
        statement(SITE_SHARING_SQL[which === 'added' ? 'nextRefusals' : 'nextRemoved']).all({
          limit,
        }),
      ),
    countUnshared: () => ({
      invitations: number(SITE_SHARING_SQL.countInvitations),
      refusals: number(SITE_SHARING_SQL.countRefusals),
    }),
    keepShared: (shared) => db.transaction(keepShared).immediate(shared),
    markInvitation: (id) => markWithNextChange.immediate(SITE_SHARING_SQL.markInvitation, { id }),
    markRemovedRefusal: (phone) =>
      markWithNextChange.immediate(SITE_SHARING_SQL.markRemovedRefusal, { phone }),
  };
}
