import Database from 'better-sqlite3';
import { openStore } from '../../electron/store/file/open-store.ts';
import { DAY_MS, MINUTE_MS, type EpochMs } from '../../shared/time.ts';

export type Seeding = {
  /** The path of the database, which is created when missing. */
  readonly path: string;
  readonly rows: number;
  /** The newest one was saved at this instant; the others in the days before it. */
  readonly now: EpochMs;
  readonly businessIds: readonly string[];
  /** Over how many days they are spread; three years by default. */
  readonly days?: number;
};

/**
 * Fills a database with ended invitations, some ten thousand a second, in a realistic mixture of names, colleagues,
 * states and deliveries, and closes it. Deskbell must open it with `retentionDays` 3650, or it purges old invitations.
 */
export function seedDatabase({ path, rows, now, businessIds, days = 1_095 }: Seeding): void {
  const opening = openStore({ path, now: () => now, onBadRow: () => {} });
  if (opening.kind !== 'open') throw new Error(`${opening.why}: ${opening.detail}`);
  opening.store.close();
  const db = new Database(path);
  try {
    db.pragma('synchronous = OFF');
    db.pragma('temp_store = MEMORY');
    const insert = db.prepare(INSERT);
    const startsAt = now - days * DAY_MS;
    for (let from = 0; from < rows; from += BATCH) {
      const count = Math.min(BATCH, rows - from);
      const stepMs = Math.floor((days * DAY_MS) / rows);
      db.transaction(() => {
        insert.run({
          from,
          count,
          startsAt: startsAt + stepMs,
          stepMs,
          lagMs: MINUTE_MS,
          first: JSON.stringify(FIRST_NAMES),
          last: JSON.stringify(LAST_NAMES),
          staff: JSON.stringify(STAFF),
          businesses: JSON.stringify(businessIds),
        });
      })();
    }
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

const BATCH = 10_000;
const FIRST_NAMES = [
  'Marie',
  'Jean',
  'Léa',
  'Paul',
  'Chloé',
  'Éric',
  'Sofía',
  'Luca',
  'Hans',
  'Inês',
];
const LAST_NAMES = [
  'Dupont',
  'Martin',
  'Müller',
  'Rossi',
  'García',
  'Silva',
  'Bernard',
  'Petit',
  'Moreau',
  'Leroy',
];
const STAFF = ['Léa', 'Tom', 'Zoé', null];

// Numbers next to the fictional range, which the tests send to. One in a thousand is not delivered, one in fifty ends
// in another way.
const INSERT = `
  WITH RECURSIVE n (i) AS (SELECT CAST(:from AS INTEGER) + 1 UNION ALL SELECT i + 1 FROM n WHERE i < :from + :count),
  life AS (
    SELECT i, CAST(:startsAt + (i - 1) * :stepMs AS INTEGER) AS at,
      CASE i % 50 WHEN 7 THEN 'refused' WHEN 17 THEN 'maybe_sent' WHEN 27 THEN 'cancelled' ELSE 'accepted' END AS state
    FROM n
  )
  INSERT INTO invitation (
    id, token, business_id, phone, name, staff, queued_at, state, state_at, why, refusal_text, evidence, delivery,
    attempts, last_attempt_at, unclear_attempts, unclear_since, sent_at, partoo_id
  )
  SELECT
    printf('%08x-0000-4000-8000-000000000000', i), printf('%08x-0000-4000-8000-000000000001', i),
    json_extract(:businesses, '$[' || (i % json_array_length(:businesses)) || ']'),
    '+3363998' || (1000 + (i * 7919) % 9000),
    json_extract(:first, '$[' || (i % 10) || ']') || ' ' || json_extract(:last, '$[' || ((i / 10) % 10) || ']'),
    json_extract(:staff, '$[' || (i % 4) || ']'),
    at, state, at + :lagMs,
    iif(state = 'refused', 'invalid', NULL), iif(state = 'refused', 'Invalid phone number', NULL),
    iif(state = 'accepted', 'response', NULL),
    iif(state = 'accepted', iif(i % 1000 = 3, 'failed_delivery', 'delivered'), NULL),
    iif(state = 'cancelled', 0, 1), iif(state = 'cancelled', NULL, at + :lagMs),
    iif(state = 'maybe_sent', 1, 0), iif(state = 'maybe_sent', at + :lagMs, NULL),
    iif(state IN ('accepted', 'maybe_sent'), at + :lagMs, NULL),
    iif(state = 'accepted', 'p-' || i, NULL)
  FROM life`;
