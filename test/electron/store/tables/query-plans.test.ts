import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { DELIVERY_SQL } from '../../../../electron/store/tables/deliveries.ts';
import { DO_NOT_CONTACT_SQL } from '../../../../electron/store/tables/do-not-contact.ts';
import { ERASURE_SQL } from '../../../../electron/store/erasure/erase-customer.ts';
import { EXPORT_SQL, HISTORY_SQL } from '../../../../electron/store/history/history-sql.ts';
import { INVITATION_SQL } from '../../../../electron/store/tables/invitations.ts';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { SITE_CLAIM_SQL } from '../../../../electron/store/tables/site-claims.ts';
import { SITE_FEED_SQL } from '../../../../electron/store/tables/site-feed.ts';
import { SITE_SHARING_SQL } from '../../../../electron/store/tables/site-sharing.ts';
import { STATE_CHANGE_SQL } from '../../../../electron/store/tables/state-changes.ts';
import { DAILY_COUNT_SQL } from '../../../../electron/store/tables/daily-counts.ts';
import { NINE } from '../../../support/builders/row.ts';

const ROWS = 10_000;

/** One in ten of 10,000 invitations is open. */
const FILL = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
  INSERT INTO invitation (
    id, token, business_id, phone, name, queued_at, state, state_at, due_at, evidence,
    attempts, last_attempt_at, unclear_attempts, sent_at, partoo_id
  )
  SELECT
    'id-' || i, 'token-' || i, 'b', '+3363998' || (1000 + i), 'Marie', ${NINE} + i,
    iif(i % 10, 'accepted', 'waiting'), ${NINE} + i, iif(i % 10, NULL, ${NINE} + i), iif(i % 10, 'response', NULL),
    iif(i % 10, 1, 0), iif(i % 10, ${NINE} + i, NULL), 0, iif(i % 10, ${NINE} + i, NULL), iif(i % 10, 'p-' || i, NULL)
  FROM n`;

/** A value for every parameter of every statement. */
const VALUES = {
  id: 'id-1',
  token: 'token-1',
  partooId: 'p-1',
  phone: '+33639981001',
  exceptId: null,
  state: 'waiting',
  now: NINE,
  pausedBusinessIds: '[]',
  unreadable: '[]',
  queuedAt: NINE,
  seq: 5,
  floorAt: NINE,
  floorSeq: 0,
  from: NINE,
  until: NINE,
  businessId: null,
  notDelivered: 0,
  match: '"063"',
  wholes: '[]',
  steps: 10,
  before: NINE,
  after: NINE,
  limit: 50,
  hint: 5,
};

const stepsSchema = z.array(z.object({ detail: z.string() }));

let db: Database.Database;

beforeAll(() => {
  db = new Database(':memory:');
  migrate(db, { path: ':memory:', now: () => NINE, migrations: MIGRATIONS });
  db.exec(FILL);
});

function plan(sql: string): readonly string[] {
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(VALUES);
  return stepsSchema.parse(steps).map(({ detail }) => detail);
}

describe(`over ${ROWS} invitations`, () => {
  test.each([
    ['the verdict: open', INVITATION_SQL.openByPhone, 'invitation_open_by_phone (phone=?)'],
    [
      'the verdict: last send',
      INVITATION_SQL.lastSend,
      'invitation_last_send (phone=? AND sent_at>?)',
    ],
    ['the verdict: do not contact', DO_NOT_CONTACT_SQL.find, 'PRIMARY KEY (phone=?)'],
    ['already open', INVITATION_SQL.onItsWay, 'invitation_one_on_its_way (phone=?)'],
    ['the same form', INVITATION_SQL.byToken, 'sqlite_autoindex_invitation_2 (token=?)'],
    ['one invitation', INVITATION_SQL.byId, 'sqlite_autoindex_invitation_1 (id=?)'],
    ['whose id', INVITATION_SQL.byPartooId, 'invitation_partoo_id (partoo_id=?)'],
    ['the queue', INVITATION_SQL.queue, 'invitation_open_by_state (state=?)'],
    ['the outbox by state', INVITATION_SQL.openInState, 'invitation_open_by_state (state=?)'],
    ['the count', INVITATION_SQL.countOpen, 'invitation_open_by_state (state=?)'],
    ['the decisions', INVITATION_SQL.countDecisions, 'invitation_open_by_state (state=?)'],
    ['the next due time', INVITATION_SQL.nextDue, 'invitation_due (due_at>?)'],
    ['held invitations', STATE_CHANGE_SQL.heldDue, 'invitation_due (due_at>? AND due_at<?)'],
    [
      'deliveries to poll',
      DELIVERY_SQL.due,
      'invitation_delivery_due (delivery_due_at>? AND delivery_due_at<?)',
    ],
    ['the history', HISTORY_SQL.finished, 'invitation_finished (queued_at>? AND queued_at<?)'],
    ['an export', EXPORT_SQL.finished, 'invitation_finished (queued_at>? AND queued_at<?)'],
    [
      'the lowest time of an export',
      HISTORY_SQL.floor,
      'COVERING INDEX invitation_finished (queued_at<?)',
    ],
    [
      'the scan of an export',
      HISTORY_SQL.scanned,
      'invitation_finished (queued_at>? AND queued_at<?)',
    ],
    ['failed invitations', HISTORY_SQL.notDelivered, 'invitation_not_delivered (queued_at>? AND'],
    ['an erasure', ERASURE_SQL.isSending, 'invitation_open_by_phone (phone=?)'],
    [
      'invitations that may still be sent',
      ERASURE_SQL.lastUnclear,
      'invitation_last_send (phone=?',
    ],
  ])('%s uses its index, already in order', (_, sql, index) => {
    const steps = plan(sql);
    expect(steps[0]).toMatch(/^SEARCH (invitation|do_not_contact) USING /);
    expect(steps[0]).toContain(index);
    expect(steps.join('\n')).not.toContain('TEMP B-TREE');
  });

  test.each([
    ['the changes to share', SITE_SHARING_SQL.nextInvitations, 'unshared_invitation_order'],
    ['the refusals to share', SITE_SHARING_SQL.nextRefusals, 'unshared_refusal_order'],
    ['a hint', SITE_FEED_SQL.hasHint, 'refusal_hint_value (hint=?)'],
    ['the open claims', SITE_CLAIM_SQL.claims, 'sqlite_autoindex_invitation_1 (id=?)'],
  ])('%s are read by their index', (_, sql, index) => {
    const steps = plan(sql).join('\n');
    expect(steps).toContain(index);
    expect(steps).not.toMatch(/SCAN invitation|TEMP B-TREE/);
  });

  test('the businesses of recent sends are read from their index alone', () => {
    expect(plan(INVITATION_SQL.sentFor)[0]).toBe(
      'SEARCH invitation USING COVERING INDEX invitation_sent_for (sent_at>?)',
    );
  });

  test('the outbox uses its index, and only it is sorted', () => {
    expect(plan(INVITATION_SQL.open)).toEqual([
      'SEARCH invitation USING INDEX invitation_open_by_state (state=?)',
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  });

  test('a search uses its index from the newest on, and reads each row by its number', () => {
    const [first, ...rest] = plan(HISTORY_SQL.found);
    expect(first).toMatch(/^SCAN invitation_search VIRTUAL TABLE INDEX /);
    expect(rest).toContain('SEARCH invitation USING INTEGER PRIMARY KEY (rowid=?)');
    expect(rest.join('\n')).not.toMatch(/SCAN invitation|TEMP B-TREE/);
  });

  test('the counts of some days read only those days', () => {
    expect(plan(DAILY_COUNT_SQL.accepted)[0]).toBe(
      'SEARCH tally USING PRIMARY KEY (quarter>? AND quarter<?)',
    );
  });

  test('old invitations are found from the oldest on', () => {
    expect(plan(ERASURE_SQL.purge).join(' ')).toContain('invitation_finished (queued_at<?)');
    expect(plan(ERASURE_SQL.settle)[0]).toContain('invitation_open_by_phone (phone=?)');
  });
});
