import * as z from 'zod/mini';
import {
  EVERYTHING,
  type HistoryFilter,
  type HistoryPlace,
} from '../../../shared/history-query.ts';
import {
  deliverySchema,
  evidenceSchema,
  instantSchema,
  type Invitation,
  STATES,
} from '../../../shared/invitation.ts';
import type { EpochMs } from '../../../shared/time.ts';
import { EXPORT_SQL, HISTORY_SQL, type HistoryReads } from './history-sql.ts';
import type { RowReader } from '../rows/row-mapping.ts';
import { planSearch, type Search } from './search-plan.ts';
import type { StatementCache } from '../statement-cache.ts';

export type FinishedQuery = {
  /** Default: everything. */
  readonly filter?: HistoryFilter | undefined;
  /** Null: starts with the newest. */
  readonly before: HistoryPlace | null;
  readonly limit: number;
};

export type FinishedPage = {
  readonly invitations: readonly Invitation[];
  /** Start of the next page; null on the last one. */
  readonly next: HistoryPlace | null;
};

export type HistoryVerbs = {
  /**
   * Returns at most `limit` finished invitations, newest first. One query costs the same whatever the size of the
   * database: for rare matches a page can be short or empty, and `next` says where to continue.
   */
  readonly listFinished: (query: FinishedQuery) => FinishedPage;
  /** The same for a file, with only the exported columns: reading a million whole invitations takes minutes. */
  readonly listForExport: (query: FinishedQuery) => {
    readonly rows: readonly ExportRow[];
    readonly next: HistoryPlace | null;
  };
};

type Found = { readonly columns: readonly unknown[]; readonly next: HistoryPlace | null };

/** How rows are read: by name, or by position for a file, which takes half as long. */
type Shape = {
  readonly sql: HistoryReads;
  readonly all: (sql: string, values: object) => readonly unknown[];
  /** Read from the columns: an unreadable row must not end the history. */
  readonly toPlace: (found: unknown) => HistoryPlace;
  readonly toText: (found: unknown) => z.infer<typeof textSchema>;
};

/** A place after every invitation. */
const TOP: HistoryPlace = { queuedAt: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };
const BOTTOM: HistoryPlace = { queuedAt: 0, seq: 0 };

/** Rows that one query reads: some milliseconds each. */
const STEPS = {
  /** In the index of finished invitations. */
  browse: 50_000,
  /** In the text index alone. */
  search: 100_000,
  /** From the text index to each row that it names. */
  searchAndFilter: 4_000,
  /** Row by row, for one or two characters. */
  scan: 3_000,
} as const;

/** Creates the paged reads of finished invitations. */
export function createHistory(statement: StatementCache, rows: RowReader): HistoryVerbs {
  const whole: Shape = {
    sql: HISTORY_SQL,
    all: (sql, values) => statement(sql).all(values),
    toPlace,
    toText: (found) => textSchema.parse(found),
  };
  const exported: Shape = {
    sql: EXPORT_SQL,
    all: (sql, values) => statement(sql).raw().all(values),
    toPlace: (found) => {
      const [seq, queuedAt] = exportPlaceSchema.parse(found);
      return { queuedAt, seq };
    },
    toText: (found) => {
      const [, , phone, name, staff] = exportTextSchema.parse(found);
      return { phone, name, staff };
    },
  };

  const cut = (
    { toPlace: placeOf }: Shape,
    found: readonly unknown[],
    limit: number,
    floor: HistoryPlace | null,
  ): Found => {
    const columns = found.slice(0, limit);
    return { columns, next: found.length > limit ? placeOf(columns.at(-1)) : floor };
  };

  const findFloor = (from: HistoryPlace, steps: number): HistoryPlace | null => {
    const found = statement(HISTORY_SQL.floor).get({ ...from, steps });
    return found === undefined ? null : toPlace(found);
  };

  /** The last invitation saved before an instant: the desk's time never goes back, so dates follow the order. */
  const seqBefore = (instant: EpochMs): number =>
    findFloor({ queuedAt: instant, seq: 0 }, 0)?.seq ?? 0;

  /** Limits of one query: at most this many steps, and the end of the filter. */
  const boundsOf = (filter: HistoryFilter, from: HistoryPlace, steps: number | null) => {
    const far = steps === null ? null : findFloor(from, steps);
    const bottom = { ...BOTTOM, queuedAt: filter.from ?? 0 };
    const floor = far === null || far.queuedAt < bottom.queuedAt ? null : far;
    const { queuedAt: floorAt, seq: floorSeq } = floor ?? bottom;
    return { floor, values: { ...filterValues(filter), ...from, floorAt, floorSeq } };
  };

  const browse = (
    shape: Shape,
    filter: HistoryFilter,
    from: HistoryPlace,
    limit: number,
  ): Found => {
    const isNotDelivered = filter.state === 'not_delivered';
    const isPicky = !isNotDelivered && (filter.state ?? filter.businessId) !== null;
    const { floor, values } = boundsOf(filter, from, isPicky ? STEPS.browse : null);
    const sql = isNotDelivered ? shape.sql.notDelivered : shape.sql.finished;
    // One more than requested shows whether there is another page.
    return cut(shape, shape.all(sql, { ...values, limit: limit + 1 }), limit, floor);
  };

  const scan = (
    shape: Shape,
    search: Search,
    filter: HistoryFilter,
    from: HistoryPlace,
    limit: number,
  ): Found => {
    const { floor, values } = boundsOf(filter, from, STEPS.scan);
    const held: unknown[] = [];
    for (const found of statement(HISTORY_SQL.scanned).iterate(values)) {
      if (search.holds(textSchema.parse(found))) held.push(found);
      if (held.length > limit) break;
    }
    const places = held.slice(0, limit).map(toPlace);
    return {
      columns: places.flatMap(({ seq }) => shape.all(shape.sql.bySeq, { seq })),
      next: held.length > limit ? (places.at(-1) ?? null) : floor,
    };
  };

  const find = (
    shape: Shape,
    match: string,
    search: Search,
    filter: HistoryFilter,
    from: HistoryPlace,
    limit: number,
  ): Found => {
    const newest = z.int().parse(statement(HISTORY_SQL.newestSeq).pluck().get() ?? 0);
    const top = filter.until === null ? newest : seqBefore(filter.until);
    const bottom = filter.from === null ? 0 : seqBefore(filter.from) + 1;
    const seq = Math.min(from.seq, top + 1);
    const isPicky = (filter.state ?? filter.businessId) !== null;
    const steps = isPicky ? STEPS.searchAndFilter : STEPS.search;
    const floorSeq = Math.max(bottom, seq - steps);
    const wholes = JSON.stringify(search.wholes);
    const values = { ...filterValues(filter), match, wholes, seq, floorSeq, limit: limit + 1 };
    const floor = floorSeq === bottom ? null : { queuedAt: 0, seq: floorSeq };
    const page = cut(shape, shape.all(shape.sql.found, values), limit, floor);
    if (!search.hasShortWords) return page;
    return { ...page, columns: page.columns.filter((found) => search.holds(shape.toText(found))) };
  };

  const lookUp = (shape: Shape, { filter = EVERYTHING, before, limit }: FinishedQuery): Found => {
    const search = planSearch(filter.text);
    const until = { queuedAt: filter.until ?? TOP.queuedAt, seq: 0 };
    const start = before ?? (filter.until === null ? TOP : until);
    if (search === undefined) return browse(shape, filter, start, limit);
    if (search.match === undefined) return scan(shape, search, filter, start, limit);
    return find(shape, search.match, search, filter, before ?? TOP, limit);
  };

  return {
    listFinished: (query) => {
      const { columns, next } = lookUp(whole, query);
      return { invitations: rows.tryReadAll(columns).map((row) => row.invitation), next };
    },
    listForExport: (query) => {
      const { columns, next } = lookUp(exported, query);
      return { rows: columns.flatMap(toExportRow), next };
    },
  };
}

function filterValues({ state, businessId, from, until }: HistoryFilter) {
  const notDelivered = state === 'not_delivered';
  return {
    state: notDelivered ? null : state,
    notDelivered: notDelivered ? 1 : 0,
    businessId,
    from: from ?? 0,
    until: until ?? TOP.queuedAt,
  };
}

/** In the order of `EXPORT_SQL`. */
const exportSchema = z.tuple([
  z.int(), // seq
  z.int(), // queued_at
  z.string(), // phone
  z.string(), // name
  z.nullable(z.string()), // staff
  z.enum(STATES),
  z.int(), // state_at
  z.nullable(deliverySchema),
  z.nullable(evidenceSchema),
  z.nullable(z.string()), // refusal_text
  z.string(), // business_id
  z.nullable(z.int()), // consent_at
  z.nullable(z.string()), // consent_by
  z.nullable(z.string()), // force_reason
  z.nullable(z.string()), // content
]);
export type ExportRow = z.infer<typeof exportSchema>;
const exportPlaceSchema = z.tuple([z.int(), instantSchema], z.unknown());
const exportTextSchema = z.tuple(
  [z.int(), z.int(), z.string(), z.string(), z.nullable(z.string())],
  z.unknown(),
);

/** Skips an unreadable row, as the list does. */
function toExportRow(found: unknown): readonly ExportRow[] {
  const row = exportSchema.safeParse(found);
  return row.success ? [row.data] : [];
}

const textSchema = z.object({ phone: z.string(), name: z.string(), staff: z.nullable(z.string()) });
const placeSchema = z.object({ queued_at: instantSchema, seq: z.int() });

function toPlace(found: unknown): HistoryPlace {
  const { queued_at, seq } = placeSchema.parse(found);
  return { queuedAt: queued_at, seq };
}
