import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { e164Schema, type E164 } from '../../../shared/phone/e164.ts';
import { instantSchema } from '../../../shared/invitation.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { StatementCache } from '../statement-cache.ts';

export const SITE_FEED_SQL = {
  addHint:
    'INSERT INTO refusal_hint (entry, hint) VALUES (:entry, :hint) ON CONFLICT (entry) DO NOTHING',
  removeHint: 'DELETE FROM refusal_hint WHERE entry = :entry',
  clearHints: 'DELETE FROM refusal_hint',
  hasHint: 'SELECT 1 FROM refusal_hint WHERE hint = :hint LIMIT 1',
  countHints: 'SELECT count(*) FROM refusal_hint',
  // There is a hint of each refusal that this desk has shared, too.
  countElsewhere: `
    SELECT max(0, (SELECT count(*) FROM refusal_hint)
      - (SELECT count(*) FROM do_not_contact WHERE phone NOT IN (SELECT phone FROM unshared_refusal))
      - (SELECT count(*) FROM unshared_refusal WHERE is_removed = 1))`,
  keepPosition: 'UPDATE site_sharing SET pulled = :pulled, cleared_to = :clearedTo',
  orderErasure: `
    INSERT INTO erasure_to_apply (number_key, queued_before) VALUES (:key, :before)
    ON CONFLICT (number_key) DO UPDATE SET queued_before = max(queued_before, excluded.queued_before)`,
  erasuresToApply: 'SELECT number_key AS key, queued_before AS before FROM erasure_to_apply',
  dropErasureToApply:
    'DELETE FROM erasure_to_apply WHERE number_key = :key AND queued_before = :before',
  phones: `
    SELECT DISTINCT phone FROM (
      SELECT phone FROM invitation UNION ALL SELECT phone FROM last_send
    ) WHERE phone > :after ORDER BY phone LIMIT :limit`,
  addErasure: `
    INSERT INTO erasure_order (number_key, erased_at, forgets_refusal, is_given)
    SELECT :key, :at, :forgetsRefusal, 0 WHERE EXISTS (SELECT 1 FROM site_sharing)
    ON CONFLICT (number_key) DO UPDATE SET
      erased_at = excluded.erased_at, forgets_refusal = excluded.forgets_refusal, is_given = 0, seq = NULL`,
  erasureOf: `
    SELECT number_key AS key, erased_at AS at, forgets_refusal AS forgetsRefusal, is_given AS isGiven, seq
    FROM erasure_order WHERE number_key = :key`,
  putBackErasure: `
    INSERT INTO erasure_order (number_key, erased_at, forgets_refusal, is_given, seq)
    VALUES (:key, :at, :forgetsRefusal, :isGiven, :seq)`,
  erasures: `
    SELECT number_key AS key, erased_at AS at, forgets_refusal AS forgetsRefusal FROM erasure_order
    WHERE is_given = 0`,
  // All columns: a file of an older version lacks some.
  allErasures: 'SELECT * FROM erasure_order',
  keepErasure: `
    INSERT INTO erasure_order (number_key, erased_at, forgets_refusal, is_given, seq)
    VALUES (:number_key, :erased_at, :forgets_refusal, :is_given, :seq)
    ON CONFLICT (number_key) DO UPDATE SET
      erased_at = max(erased_at, excluded.erased_at),
      forgets_refusal = max(forgets_refusal, excluded.forgets_refusal), is_given = min(is_given, excluded.is_given),
      seq = excluded.seq`,
  takeBackErasure: 'DELETE FROM erasure_order WHERE number_key = :key AND erased_at = :at',
  keepErasureGiven:
    'UPDATE erasure_order SET is_given = 1, seq = :seq WHERE number_key = :key AND erased_at = :at',
  erasuresUnderWay: `
    SELECT erased_at AS at, iif(is_given = 1, seq, NULL) AS seq FROM erasure_order
    WHERE is_given = 0 OR seq IS NOT NULL ORDER BY erased_at DESC, number_key LIMIT :limit`,
  keepErasureDone: 'UPDATE erasure_order SET seq = NULL WHERE is_given = 1 AND seq = :seq',
  dropErasures: 'DELETE FROM erasure_order WHERE is_given = 1 AND erased_at < :before',
} as const;

const ordersSchema = z.array(z.object({ key: z.string(), before: instantSchema }));
const erasuresSchema = z.array(
  z.object({ key: z.string(), at: instantSchema, forgetsRefusal: z.literal([0, 1]) }),
);
const earlierSchema = z.optional(
  z.object({
    key: z.string(),
    at: instantSchema,
    forgetsRefusal: z.literal([0, 1]),
    isGiven: z.literal([0, 1]),
    seq: z.nullable(z.int()),
  }),
);
const underWaySchema = z.array(z.object({ at: instantSchema, seq: z.nullable(z.int()) }));
const phonesSchema = z.array(e164Schema);

export type ErasureToApply = { readonly key: string; readonly before: EpochMs };
/** A stored order to erase a customer. */
export const erasureOrderRowSchema = z.object({
  number_key: z.string(),
  erased_at: instantSchema,
  forgets_refusal: z.literal([0, 1]),
  is_given: z.literal([0, 1]),
  seq: z.catch(z.nullable(z.int()), null),
});

/** An order of this desk that not every desk has: when the customer was erased here, and its position in the feed. */
export type ErasureUnderWay = {
  readonly at: EpochMs;
  /** Null: the site database does not have the order yet. */
  readonly seq: number | null;
};

/** An order to every desk to erase a customer. */
export type ErasureOrder = {
  readonly key: string;
  readonly at: EpochMs;
  readonly forgetsRefusal: boolean;
};

/** An entry of the site database's feed. */
export type FeedEntry =
  | { readonly kind: 'refusal'; readonly entry: number; readonly hint: number }
  | { readonly kind: 'refusal-gone'; readonly entry: number }
  | { readonly kind: 'erasure'; readonly key: string; readonly before: EpochMs };

export type SiteFeedVerbs = {
  /** Applies entries of the feed and moves the position, in one step. `isFirst`: the entries begin again at 0. */
  readonly applyFeed: (page: {
    readonly entries: readonly FeedEntry[];
    readonly pulled: number;
    readonly clearedTo: number;
    readonly isFirst: boolean;
  }) => void;
  readonly hasRefusalHint: (hint: number) => boolean;
  readonly countRefusalHints: () => number;
  /** How many customers have refused at other desks and are not on this desk's list; for some seconds after a change it may differ. */
  readonly countRefusalsElsewhere: () => number;
  /** Adds an order from outside the feed; the later one of two for a number holds. */
  readonly addErasureToApply: (order: ErasureToApply) => void;
  readonly listErasuresToApply: () => readonly ErasureToApply[];
  readonly dropErasureToApply: (order: ErasureToApply) => void;
  /** All numbers with an invitation or a last SMS, page by page. */
  readonly listPhones: (after: string, limit: number) => readonly E164[];
  /** Adds an order. The returned function takes it back, because the erasure has not taken place after all: an earlier order holds again. */
  readonly addErasure: (erasure: ErasureOrder) => () => void;
  /** The orders that the site database does not have. */
  readonly listErasuresToGive: () => readonly ErasureOrder[];
  /** The site database has the order, at this position of its feed. */
  readonly keepErasureGiven: (erasure: ErasureOrder, seq: number) => void;
  /** The latest orders that not every desk has, as far as this desk knows. */
  readonly listErasuresUnderWay: (limit: number) => readonly ErasureUnderWay[];
  /** Every desk has the order that was given at this position. */
  readonly keepErasureDone: (seq: number) => void;
  /** Drops given orders older than an instant. */
  readonly dropErasures: (before: EpochMs) => void;
};

/** Creates the record of what this desk has learned from the site database, and of the erasures in both directions. */
export function createSiteFeed(db: Database.Database, statement: StatementCache): SiteFeedVerbs {
  const applyFeed: SiteFeedVerbs['applyFeed'] = ({ entries, pulled, clearedTo, isFirst }) => {
    if (isFirst) statement(SITE_FEED_SQL.clearHints).run();
    for (const entry of entries) apply(entry);
    statement(SITE_FEED_SQL.keepPosition).run({ pulled, clearedTo });
  };
  const apply = (entry: FeedEntry): void => {
    switch (entry.kind) {
      case 'refusal':
        statement(SITE_FEED_SQL.addHint).run({ entry: entry.entry, hint: entry.hint });
        return;
      case 'refusal-gone':
        statement(SITE_FEED_SQL.removeHint).run({ entry: entry.entry });
        return;
      case 'erasure':
        statement(SITE_FEED_SQL.orderErasure).run({ key: entry.key, before: entry.before });
        return;
      default:
        entry satisfies never;
    }
  };
  return {
    applyFeed: (page) => db.transaction(applyFeed).immediate(page),
    hasRefusalHint: (hint) => statement(SITE_FEED_SQL.hasHint).get({ hint }) !== undefined,
    countRefusalHints: () => z.int().parse(statement(SITE_FEED_SQL.countHints).pluck().get()),
    countRefusalsElsewhere: () =>
      z.int().parse(statement(SITE_FEED_SQL.countElsewhere).pluck().get()),
    addErasureToApply: (order) => {
      statement(SITE_FEED_SQL.orderErasure).run(order);
    },
    listErasuresToApply: () => ordersSchema.parse(statement(SITE_FEED_SQL.erasuresToApply).all()),
    dropErasureToApply: (order) => {
      statement(SITE_FEED_SQL.dropErasureToApply).run(order);
    },
    listPhones: (after, limit) =>
      phonesSchema.parse(statement(SITE_FEED_SQL.phones).pluck().all({ after, limit })),
    addErasure: ({ key, at, forgetsRefusal }) => {
      const earlier = earlierSchema.parse(statement(SITE_FEED_SQL.erasureOf).get({ key }));
      statement(SITE_FEED_SQL.addErasure).run({ key, at, forgetsRefusal: forgetsRefusal ? 1 : 0 });
      const takeBack = db.transaction(() => {
        const { changes } = statement(SITE_FEED_SQL.takeBackErasure).run({ key, at });
        if (changes > 0 && earlier !== undefined)
          statement(SITE_FEED_SQL.putBackErasure).run(earlier);
      });
      return () => takeBack.immediate();
    },
    listErasuresToGive: () =>
      erasuresSchema
        .parse(statement(SITE_FEED_SQL.erasures).all())
        .map(({ key, at, forgetsRefusal }) => ({ key, at, forgetsRefusal: forgetsRefusal === 1 })),
    keepErasureGiven: ({ key, at }, seq) => {
      statement(SITE_FEED_SQL.keepErasureGiven).run({ key, at, seq });
    },
    listErasuresUnderWay: (limit) =>
      underWaySchema.parse(statement(SITE_FEED_SQL.erasuresUnderWay).all({ limit })),
    keepErasureDone: (seq) => {
      statement(SITE_FEED_SQL.keepErasureDone).run({ seq });
    },
    dropErasures: (before) => {
      statement(SITE_FEED_SQL.dropErasures).run({ before });
    },
  };
}
