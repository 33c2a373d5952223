import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../../electron/outbox/store-port.ts';
import { finishRestore, prepareRestore } from '../../../../electron/store/file/restore.ts';
import type { Store } from '../../../../electron/store/store.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { aLiveDatabase } from '../../../support/builders/live-database.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  NINE,
  UNCLEAR,
} from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

/** Another database with these rows, closed, as a restore finds it. */
function aReplacedDatabase(rows: readonly Row[], work: (store: Store) => void = () => {}): string {
  const path = newPath();
  const store = open(path);
  for (const row of rows) store.insertInvitation(row);
  work(store);
  store.close();
  return path;
}

const progressOf = (store: Store, { invitation }: Row) =>
  store.readRow(invitation.id)?.invitation.progress;

/** An invitation after a restore that cannot tell how it ended. */
const inDoubt = () =>
  aRow({
    phone: aPhone(1),
    progress: A_PROGRESS.unconfirmed,
    attempts: 1,
    lastAttemptAt: NINE,
    unclearAttempts: 1,
    unclearSince: NINE,
    sentAt: NINE,
    onlyByPerson: true,
  });

describe('[row 197] the invitations of the replaced database', () => {
  test('are added unchanged, with attempts and replaced invitations, and are counted and found', () => {
    const first = aRow({ phone: aPhone(1), name: 'Éloïse', consentAt: NINE, consentBy: 'Léa' });
    const { id } = first.invitation;
    const second = aRow({ phone: aPhone(2), replaces: id, content: 'Merci @link' });
    const path = aReplacedDatabase([first, second], (store) => {
      store.claim(id, NINE);
      const attempt = { endedAt: NINE + 1, outcome: { kind: 'accepted', partooId: 'p' } } as const;
      store.recordAttempt(id, attempt, aDecision(A_PROGRESS.accepted, 'p'));
    });
    const there = open(path);
    const rows = [first, second].map(({ invitation }) => there.readRow(invitation.id));
    const attempts = there.listAttempts(id);
    there.close();
    const store = open(newPath());
    store.insertInvitation(aRow({ phone: aPhone(3) }));
    expect(store.carryOver(path)).toBe('whole');
    expect([first, second].map(({ invitation }) => store.readRow(invitation.id))).toEqual(rows);
    expect(store.listAttempts(id)).toEqual(attempts);
    expect(attempts).toHaveLength(1);
    expect(store.findByPartooId('p')?.invitation.id).toBe(id);
    const day = store.tallyBetween([NINE - HOUR_MS, NINE + HOUR_MS]);
    expect(day).toMatchObject([{ accepted: 1 }]);
    expect(store.carryOver(path)).toBe('whole');
    expect(store.countInvitations()).toBe(3);
  });

  test('are not added where the same form already made an invitation', () => {
    const here = aRow({ phone: aPhone(1), progress: A_PROGRESS.cancelled });
    const store = open(newPath());
    store.insertInvitation(here);
    expect(
      store.carryOver(aReplacedDatabase([aRow({ phone: aPhone(1), token: here.token })])),
    ).toBe('whole');
    expect(store.countInvitations()).toBe(1);
    expect(progressOf(store, here)?.state).toBe('cancelled');
  });

  test('continue where one to the same number is in doubt, and a person decides about that one', () => {
    const [doubtful, certain] = [inDoubt(), aRow({ phone: aPhone(1) })];
    const store = open(newPath());
    store.insertInvitation(doubtful);
    store.carryOver(aReplacedDatabase([certain]));
    expect(progressOf(store, certain)?.state).toBe('waiting');
    expect(progressOf(store, doubtful)).toMatchObject({ state: 'needs_decision', why: 'unproved' });
  });

  test('wait for a person where another one to the same number is certain', () => {
    const [here, there] = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(1) })];
    const store = open(newPath());
    store.insertInvitation(here);
    store.carryOver(aReplacedDatabase([there]));
    expect(progressOf(store, here)?.state).toBe('waiting');
    expect(store.readRow(there.invitation.id)).toMatchObject({
      onlyByPerson: true,
      invitation: { progress: { state: 'needs_decision', why: 'unproved' } },
    });
  });

  test('leave a Partoo id to the invitation that has it', () => {
    const rows = [1, 2].map((last) => aRow({ phone: aPhone(last) }));
    const accept = (store: Store, row: Row | undefined) => {
      const id = row?.invitation.id ?? '';
      store.recordDecision(id, 'waiting', aDecision(A_PROGRESS.accepted, 'p'));
    };
    const store = open(newPath());
    for (const row of rows.slice(0, 1)) store.insertInvitation(row);
    accept(store, rows[0]);
    store.carryOver(aReplacedDatabase(rows.slice(1), (there) => accept(there, rows[1])));
    expect(store.countAll()['accepted']).toBe(2);
    expect(store.findByPartooId('p')?.invitation.id).toBe(rows[0]?.invitation.id);
  });

  test.each(['attempt', 'invitation_open_by_state'])(
    'are added as far as they can be read when %s is damaged, and that is reported',
    (table) => {
      const row = aRow();
      const path = aReplacedDatabase([row], (store) => {
        store.claim(row.invitation.id, NINE);
        const attempt = { endedAt: NINE, outcome: UNCLEAR } as const;
        store.recordAttempt(row.invitation.id, attempt, aDecision(A_PROGRESS.unconfirmed));
      });
      const root = 'SELECT rootpage FROM sqlite_master WHERE name = ?';
      const page = tamper(path, (db) => Number(db.prepare(root).pluck().get(table)));
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.fill(0xff, (page - 1) * 4096, page * 4096));
      const store = open(newPath());
      expect(store.carryOver(path)).toBe(table === 'attempt' ? 'partial' : 'whole');
      expect(progressOf(store, row)?.state).toBe('unconfirmed');
    },
  );

  test('are none when the file does not exist', () => {
    const store = open(newPath());
    expect(store.carryOver(newPath())).toBe('partial');
    expect(store.countInvitations()).toBe(0);
  });

  test('are also read from an earlier version of the file', () => {
    const row = aRow({ name: 'Éloïse' });
    const path = aReplacedDatabase([row]);
    tamper(path, (db) => {
      const insert = db.prepare(
        "SELECT sql FROM sqlite_master WHERE name LIKE 'invitation_search_%'",
      );
      expect(insert.all().length).toBeGreaterThan(0);
      db.exec('DROP TRIGGER invitation_search_insert; DROP TRIGGER invitation_search_update;');
      db.exec('DROP TRIGGER invitation_search_delete; DROP VIEW invitation_text;');
      db.exec('ALTER TABLE invitation DROP COLUMN folded');
      db.exec('ALTER TABLE invitation DROP COLUMN only_by_person');
    });
    const store = open(newPath());
    expect(store.carryOver(path)).toBe('whole');
    expect(store.readRow(row.invitation.id)).toEqual(row);
  });
});

describe('[row 197] restoring an ended invitation', () => {
  const DAY = [NINE - HOUR_MS, NINE + HOUR_MS] as const;

  /** A database that was backed up after `before` and went on with `after`, and the restored one. */
  const restored = async (before: (store: Store) => void, after: (store: Store) => void) => {
    const database = aLiveDatabase();
    const store = await database.open();
    before(store);
    const made = await database.backUp(store);
    if (made.kind !== 'made') throw new Error(made.kind);
    database.passTime(MINUTE_MS);
    after(store);
    const tally = store.tallyBetween(DAY);
    store.close();
    expect(await prepareRestore(database.files, made.backup)).toEqual({ kind: 'ready' });
    expect(await finishRestore(database.files, made.backup)).toEqual({ kind: 'ready' });
    return { store: await database.open(), tally };
  };

  test.each([A_PROGRESS.needs_decision, A_PROGRESS.accepted, A_PROGRESS.cancelled])(
    'refused, and $state since: takes the newer state',
    async (progress) => {
      const refused = aRow({ progress: A_PROGRESS.refused, attempts: 1, lastAttemptAt: NINE });
      const { id } = refused.invitation;
      const { store, tally } = await restored(
        (before) => before.insertInvitation(refused),
        (after) => {
          after.recordDecision(id, 'refused', aDecision(A_PROGRESS.needs_decision));
          after.recordDecision(id, 'needs_decision', aDecision(progress));
        },
      );
      expect(progressOf(store, refused)).toEqual(progress);
      expect(store.readRow(id)?.onlyByPerson).toBe(false);
      expect(store.tallyBetween(DAY)).toEqual(tally);
    },
  );

  test('with an SMS whose delivery was not known yet: takes the delivery', async () => {
    const row = aRow();
    const { id } = row.invitation;
    const { store, tally } = await restored(
      (before) => {
        before.insertInvitation(row);
        const progress = { ...A_PROGRESS.accepted, delivery: null } as const;
        const accepted = { ...aDecision(progress, 'p'), deliveryDueAt: NINE };
        before.recordDecision(id, 'waiting', accepted);
      },
      (after) => after.recordDelivery(id, { delivery: 'delivered', nextAt: null }),
    );
    expect(progressOf(store, row)).toMatchObject({ state: 'accepted', delivery: 'delivered' });
    expect(store.nextDeliveryAt()).toBeUndefined();
    expect(tally).toMatchObject([{ accepted: 1, delivered: 1 }]);
    expect(store.tallyBetween(DAY)).toEqual(tally);
  });

  test('keeps it ended where the replaced database has it open', async () => {
    const row = aRow();
    const { store } = await restored(
      (before) => {
        before.insertInvitation({
          ...row,
          invitation: { ...row.invitation, progress: A_PROGRESS.cancelled },
        });
      },
      (after) => {
        after.purgeFinished({ before: NINE + HOUR_MS, sendsUntil: NINE, limit: 9 });
        after.insertInvitation(row);
      },
    );
    expect(progressOf(store, row)?.state).toBe('cancelled');
  });
});
