import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Database from 'better-sqlite3';
import {
  placesSchema,
  TABLES_WITHOUT_CUSTOMERS,
  TEXT_COLUMNS,
  type Place,
} from '../../../../electron/store/erasure/erase-number.ts';
import type { Store } from '../../../../electron/store/store.ts';
import { EVERYTHING } from '../../../../shared/history-query.ts';
import { DAY_MS, MINUTE_MS } from '../../../../shared/time.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  mayHaveReached,
  NINE,
  UNCLEAR,
} from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';
import { bundle, linesOf, run } from '../file/in-a-process.ts';
import { keepOnDisk } from '../../../support/on-disk.ts';

const CANARY = { phone: aPhone(77), name: 'Canary Zwirbel' };
/** The number and the name in every form that a file could contain, also in the parts of the search index. */
const TRACES = ['639980077', 'Canary', 'Zwirbel', 'irb'];

function tracesIn(path: string): readonly string[] {
  const files = [path, `${path}-wal`].filter(existsSync);
  const bytes = files.map((file) => readFileSync(file, 'latin1')).join('');
  return TRACES.filter((trace) => bytes.includes(trace));
}

/** Writes a text into a column of existing rows; false where the table allows no such text. */
function takesText(db: Database.Database, { table, column }: Place, text: string): boolean {
  try {
    return db.prepare(`UPDATE "${table}" SET "${column}" = ?`).run(text).changes > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** Invitations of other customers around this one's, in every possible state. */
function fill(store: Store): void {
  for (let turn = 0; turn < 40; turn += 1) {
    const progress = A_PROGRESS.cancelled;
    store.insertInvitation(aRow({ phone: aPhone(turn), queuedAt: NINE - turn, progress }));
  }
  for (const progress of Object.values(A_PROGRESS)) {
    if (progress.state === 'sending' || progress.state === 'waiting') continue;
    const sentAt = mayHaveReached(progress.state) ? NINE : null;
    const forceReason = 'Asked';
    store.insertInvitation(
      aRow({ ...CANARY, progress, sentAt, forceReason, seenSentAt: NINE - 1 }),
    );
  }
  const tried = aRow(CANARY);
  store.insertInvitation({ ...tried, invitation: { ...tried.invitation, forceReason: 'Asked' } });
  const { id } = tried.invitation;
  store.claim(id, NINE);
  store.recordAttempt(id, { endedAt: NINE, outcome: UNCLEAR }, aDecision(A_PROGRESS.unconfirmed));
}

const erase = (store: Store, refusal: 'kept' | 'forgotten' = 'forgotten') =>
  store.eraseCustomer(CANARY.phone, { now: LATER, refusal, underWay: 'waited-for' });

/** When a request without an answer can no longer be carried out. */
const LATER = NINE + 10 * MINUTE_MS;

const DAY = [NINE - DAY_MS, NINE + DAY_MS] as const;

describe('an erased customer', () => {
  test('is in no file of the database any more, and still counts', () => {
    const path = newPath();
    const store = open(path);
    fill(store);
    const before = store.tallyBetween(DAY);
    expect(tracesIn(path)).toEqual(TRACES);
    expect(erase(store)).toEqual({ kind: 'erased', invitations: 9 });
    expect(tracesIn(path)).toEqual([]);
    expect(store.tallyBetween(DAY)).toEqual(before);
    expect(before).toMatchObject([{ accepted: 1 }]);
    expect(store.countOpen()).toBe(0);
    for (const text of ['639980077', 'zwirbel', 'ca'])
      expect(
        store.listFinished({ filter: { ...EVERYTHING, text }, before: null, limit: 9 }),
      ).toEqual({ invitations: [], next: null });
    expect(store.listFinished({ before: null, limit: 50 }).invitations).toHaveLength(40);
  });

  test('stays while an SMS is being sent: nothing changes', () => {
    const store = open(newPath());
    const row = aRow(CANARY);
    store.insertInvitation(row);
    store.claim(row.invitation.id, NINE);
    expect(erase(store)).toEqual({ kind: 'sending' });
    expect(store.readRow(row.invitation.id)?.invitation.progress.state).toBe('sending');
  });

  test('stays while an unanswered request may still be carried out [row 130]', () => {
    const store = open(newPath());
    const row = aRow(CANARY);
    const { id } = row.invitation;
    store.insertInvitation(row);
    store.claim(id, NINE);
    const { unconfirmed, maybe_sent: closed } = A_PROGRESS;
    store.recordAttempt(id, { endedAt: NINE, outcome: UNCLEAR }, aDecision(unconfirmed));
    const eraseAt = (now: number) =>
      store.eraseCustomer(CANARY.phone, { now, refusal: 'forgotten', underWay: 'waited-for' });
    expect(eraseAt(LATER - 1)).toEqual({ kind: 'unconfirmed', until: LATER });
    expect(store.readRow(id)?.invitation.progress.state).toBe('unconfirmed');
    // Closing it manually does not cancel the request.
    store.recordDecision(id, 'unconfirmed', aDecision(closed));
    expect(eraseAt(LATER - 1)).toEqual({ kind: 'unconfirmed', until: LATER });
    expect(eraseAt(LATER)).toEqual({ kind: 'erased', invitations: 1 });
  });

  test('can be erased from a copy of the database, which sends nothing [row 130]', () => {
    const store = open(newPath());
    fill(store);
    expect(
      store.eraseCustomer(CANARY.phone, { now: NINE, refusal: 'forgotten', underWay: 'ended' }),
    ).toEqual({ kind: 'erased', invitations: 9 });
  });

  test('is found by the number itself, also when the search does not know it [row 130]', () => {
    const path = newPath();
    const first = open(path);
    fill(first);
    first.close();
    tamper(path, (db) =>
      db.exec("INSERT INTO invitation_search (invitation_search) VALUES ('delete-all')"),
    );
    expect(erase(open(path))).toEqual({ kind: 'erased', invitations: 9 });
    expect(tracesIn(path)).toEqual([]);
  });

  test('is in no text of any table, present or future [row 130]', () => {
    const path = newPath();
    const first = open(path);
    first.insertInvitation(aRow({ phone: aPhone(1), name: `with ${CANARY.phone}`, staff: 'Tom' }));
    const tried = aRow({ phone: aPhone(2) });
    first.insertInvitation(tried);
    first.claim(tried.invitation.id, NINE);
    first.recordAttempt(
      tried.invitation.id,
      { endedAt: NINE, outcome: UNCLEAR },
      aDecision(A_PROGRESS.unconfirmed),
    );
    first.close();
    const held = tamper(path, (db) => {
      db.pragma('secure_delete = 1');
      // A table of a later version.
      db.exec('CREATE TABLE later (phone TEXT, note TEXT) STRICT');
      db.prepare('INSERT INTO later VALUES (?, ?)').run(CANARY.phone, 'a note');
      db.prepare('INSERT INTO later VALUES (?, ?)').run(aPhone(3), 'a note');
      const places = placesSchema.parse(db.prepare(TEXT_COLUMNS).all());
      return places
        .filter(
          ({ table, column }) => column !== 'phone' && !TABLES_WITHOUT_CUSTOMERS.includes(table),
        )
        .filter((place) => takesText(db, place, JSON.stringify(CANARY.phone)))
        .map(({ table, column }) => `${table}.${column}`);
    });
    expect(held).toEqual(
      expect.arrayContaining([
        'attempt.outcome',
        'invitation.content',
        'invitation.name',
        'invitation.staff',
        'later.note',
      ]),
    );
    erase(open(path));
    expect(tracesIn(path)).toEqual([]);
  });

  test('leaves the do-not-contact list only when a person says so', () => {
    const store = open(newPath());
    store.addDoNotContact({ phone: CANARY.phone, since: NINE, staff: null });
    store.eraseCustomer(CANARY.phone, { now: LATER, refusal: 'kept', underWay: 'waited-for' });
    expect(store.findDoNotContact(CANARY.phone)).toBe(NINE);
    erase(store);
    expect(store.findDoNotContact(CANARY.phone)).toBeUndefined();
    erase(store, 'kept');
    expect(store.findDoNotContact(CANARY.phone)).toBe(LATER);
  });

  test.each([
    ['an update left behind', 'before-v3'],
    ['was set aside because it is damaged', 'corrupt-2026-11-23T09-00-00-000Z'],
    ['was set aside, with its journal', 'corrupt-2026-11-23T09-00-00-000Z-wal'],
  ])('is in no copy that %s', (_, ending) => {
    const path = newPath();
    const store = open(path);
    fill(store);
    const copy = `${path}.${ending}`;
    writeFileSync(copy, CANARY.name);
    store.dropCopiesBefore(NINE - 400 * DAY_MS);
    expect(existsSync(copy)).toBe(true);
    erase(store);
    expect(existsSync(copy)).toBe(false);
  });

  test('can be erased although no row is left', () => {
    expect(erase(open(newPath()))).toEqual({ kind: 'erased', invitations: 0 });
  });
});

describe('deleting old invitations', () => {
  test('deletes the oldest first, in parts, and keeps newer and open ones', () => {
    const path = newPath();
    const store = open(path);
    for (const [at, days] of [50, 40, 30, 20].entries()) {
      const queuedAt = NINE - days * DAY_MS;
      const progress = { state: 'cancelled', at: queuedAt + 1 } as const;
      store.insertInvitation(aRow({ phone: aPhone(at), name: `Old${days}`, queuedAt, progress }));
    }
    store.insertInvitation(aRow({ phone: aPhone(9), queuedAt: NINE - 60 * DAY_MS }));
    const before = NINE - 25 * DAY_MS;
    expect(store.purgeFinished({ before, sendsUntil: NINE, limit: 2 })).toBe(2);
    expect(store.purgeFinished({ before, sendsUntil: NINE, limit: 2 })).toBe(1);
    expect(store.purgeFinished({ before, sendsUntil: NINE, limit: 2 })).toBe(0);
    store.wipeJournal();
    expect(store.listFinished({ before: null, limit: 9 }).invitations).toMatchObject([
      { name: 'Old20' },
    ]);
    expect(store.countOpen()).toBe(1);
    expect(readFileSync(path, 'latin1')).not.toMatch(/Old[345]0/);
  });

  test('keeps one that ended only lately', () => {
    const store = open(newPath());
    store.insertInvitation(
      aRow({ queuedAt: NINE - 50 * DAY_MS, progress: { state: 'cancelled', at: NINE } }),
    );
    expect(store.purgeFinished({ before: NINE - 25 * DAY_MS, sendsUntil: NINE, limit: 9 })).toBe(0);
  });
});

describe('a process killed while it erases', () => {
  keepOnDisk();
  let eraser: Awaited<ReturnType<typeof bundle>>;
  beforeAll(async () => {
    eraser = await bundle(join(import.meta.dirname, '../file/erase-process.ts'));
  });
  afterAll(() => eraser.remove());

  test.each(['before', 'within', 'after'])(
    '%s the transaction: repeating it completes the erasure (row 8)',
    async (moment) => {
      const path = newPath();
      const first = open(path);
      fill(first);
      first.close();
      const child = run(eraser.path, [path, moment, CANARY.phone]);
      await linesOf(child);
      const store = open(path);
      erase(store);
      expect(tracesIn(path)).toEqual([]);
      expect(store.listFinished({ before: null, limit: 50 }).invitations).toHaveLength(40);
    },
  );
});
