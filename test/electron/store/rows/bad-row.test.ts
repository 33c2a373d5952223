import { describe, expect, test } from 'vitest';
import type { BadRow } from '../../../../electron/store/rows/bad-row.ts';
import { DAY_MS } from '../../../../shared/time.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  held,
  NINE,
  NOT_SENT,
  UNCLEAR,
  waiting,
} from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

/** A database with the given rows, the first one changed from outside. */
function spoiled(rows: readonly ReturnType<typeof aRow>[], change: string) {
  const path = newPath();
  const store = open(path);
  for (const row of rows) store.insertInvitation(row);
  store.close();
  tamper(path, (db) => {
    db.pragma('ignore_check_constraints = ON');
    db.exec(`UPDATE invitation SET ${change} WHERE seq = 1`);
  });
  const bad: BadRow[] = [];
  return { store: open(path, (row) => bad.push(row)), bad };
}

const first = aRow({ queuedAt: NINE - 1 });
const second = aRow({ phone: aPhone(1) });
const peek = { now: NINE, pausedBusinessIds: [], exceptId: null };

describe('[row 59] an unreadable invitation', () => {
  test.each([
    ["id = 'no uuid'", 'invitation.id: invalid_format'],
    ["phone = '0639980000'", 'invitation.phone: invalid_format'],
    ['due_at = NULL', 'invitation.progress.dueAt: invalid_type'],
    ['queued_at = -1', 'invitation.queuedAt: too_small'],
    ["name = printf('%.*c', 256, 'x')", 'invitation.name: too_big'],
  ])('with %s does not stop the others', (change, why) => {
    const { store, bad } = spoiled([first, second], change);
    expect(store.peekNext(peek)).toEqual(second);
    expect(store.listOpen()).toEqual([second.invitation]);
    expect(store.listRows('waiting')).toEqual([second]);
    expect(bad).toEqual([{ table: 'invitation', key: '1', why }]);
  });

  test('does not wake the courier in a loop', () => {
    const { store } = spoiled([first], "id = 'no uuid'");
    expect(store.nextDueAt()).toBe(NINE);
    expect(store.peekNext(peek)).toBeUndefined();
    expect(store.nextDueAt()).toBeUndefined();
  });

  test('is not changed when it is skipped', () => {
    const rows = [aRow({ progress: held(NINE) }), aRow({ phone: aPhone(1), progress: held(NINE) })];
    const { store, bad } = spoiled(rows, "staff = 'Léa', consent_at = -1");
    expect(store.releaseHeld(NINE).map(({ id }) => id)).toEqual([rows[1]?.invitation.id]);
    expect(store.releaseHeld(NINE)).toEqual([]);
    expect(bad).toHaveLength(1);
  });

  test('still counts and still blocks its number: ignoring it could cause a second SMS', () => {
    const { store } = spoiled([first, second], 'consent_at = -1');
    expect(store.countOpen()).toBe(2);
    expect(() => store.findOpen(aPhone(0), null)).toThrow('cannot be read');
    expect(() => store.readRow(first.invitation.id)).toThrow('cannot be read');
    expect(() => store.insertInvitation(aRow())).toThrow('cannot be read');
  });

  test('still has its send time', () => {
    const sent = aRow({ progress: A_PROGRESS.accepted, sentAt: NINE - DAY_MS });
    const { store } = spoiled([sent], 'consent_at = -1');
    expect(store.findLastSend(aPhone(0), null)?.sentAt).toBe(NINE - DAY_MS);
  });

  test('does not end the history at its place', () => {
    const rows = [3, 2, 1].map((age) =>
      aRow({ progress: A_PROGRESS.cancelled, queuedAt: NINE - age }),
    );
    const { store, bad } = spoiled(rows, `consent_at = -1, queued_at = ${NINE - 1}`);
    const page = store.listFinished({ before: null, limit: 1 });
    expect(page.invitations.length + bad.length).toBe(1);
    const rest = store.listFinished({ before: page.next, limit: 10 });
    expect([...page.invitations, ...rest.invitations]).toHaveLength(2);
    expect(rest.next).toBeNull();
    expect(bad).toHaveLength(1);
  });
});

describe('an unreadable attempt', () => {
  test.each([
    [`'{"kind":"lost"}'`, 'outcome.kind: invalid_union'],
    ["'lost'", 'outcome: custom'],
  ])('because its outcome is %s is left out of the story and reported', (outcome, why) => {
    const path = newPath();
    const store = open(path);
    const { id } = first.invitation;
    store.insertInvitation(first);
    for (const known of [NOT_SENT, UNCLEAR]) {
      store.claim(id, NINE);
      const attempt = { endedAt: NINE, outcome: known };
      store.recordAttempt(id, attempt, { ...aDecision(waiting()), sentAt: NINE });
    }
    store.close();
    tamper(path, (db) => {
      db.pragma('ignore_check_constraints = ON');
      db.exec(`UPDATE attempt SET outcome = ${outcome} WHERE nth = 1`);
    });

    const bad: BadRow[] = [];
    const attempts = open(path, (row) => bad.push(row)).listAttempts(id);
    expect(attempts.map(({ nth, end }) => [nth, end?.outcome])).toEqual([[2, UNCLEAR]]);
    expect(bad).toEqual([{ table: 'attempt', key: '1/1', why }]);
  });
});
