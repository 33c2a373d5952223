import { describe, expect, test } from 'vitest';
import type { Row } from '../../../../electron/outbox/store-port.ts';
import { salvagePreservedData } from '../../../../electron/store/restore/preserved-data.ts';
import type { Store } from '../../../../electron/store/store.ts';
import { DAY_MS } from '../../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

const SENT = NINE - 40 * DAY_MS;
const PHONE = aPhone(0);
const BEFORE = NINE - 30 * DAY_MS;

const sent = (changes: Partial<Row> & { readonly at?: number; readonly last?: number } = {}) => {
  const { at = SENT, last = 0, ...rest } = changes;
  return aRow({
    phone: aPhone(last),
    name: 'Marie Dupont',
    staff: 'Léa',
    progress: { state: 'accepted', at, evidence: 'response', delivery: 'delivered' },
    queuedAt: at,
    attempts: 1,
    lastAttemptAt: at,
    sentAt: at,
    ...rest,
  });
};
const purge = (store: Store, houseDays: number, retentionDays = 30) =>
  store.purgeFinished({
    before: NINE - retentionDays * DAY_MS,
    sendsUntil: NINE - houseDays * DAY_MS,
    limit: 9,
  });

describe('[row 131] a house window longer than the retention', () => {
  test('keeps number, time and proof of the last send, and nothing else', () => {
    const path = newPath();
    const store = open(path);
    store.insertInvitation(sent({ at: SENT - DAY_MS }));
    store.insertInvitation(sent());
    expect(purge(store, 90)).toBe(2);
    expect(store.findLastSend(PHONE, null)).toEqual({
      sentAt: SENT,
      businessId: null,
      name: '',
      staff: null,
      from: 'here',
      place: null,
      proved: true,
    });
    expect(store.readKnownSince()).toBe(NINE - 90 * DAY_MS);
    store.close();
    expect(tamper(path, (db) => db.prepare('SELECT * FROM last_send').all())).toEqual([
      { phone: PHONE, sent_at: SENT, proof: 'here' },
    ]);
  });

  test('keeps whether a send was unproved or another desk’s', () => {
    const store = open(newPath());
    const none = sent({ unclearAttempts: 1, unclearSince: SENT });
    store.insertInvitation({
      ...none,
      invitation: { ...none.invitation, progress: { state: 'maybe_sent', at: SENT } },
    });
    const foreign = sent({ last: 1 });
    const refused = { state: 'refused', at: SENT, why: 'window', text: '', status: 400 } as const;
    store.insertInvitation({
      ...foreign,
      invitation: { ...foreign.invitation, progress: refused },
    });
    purge(store, 90);
    expect(store.findLastSend(PHONE, null)).toMatchObject({ from: 'here', proved: false });
    expect(store.findLastSend(aPhone(1), null)).toMatchObject({ from: 'elsewhere', proved: true });
  });

  test('deletes it when the window ends, and then says how far back it knows', () => {
    const store = open(newPath());
    store.insertInvitation(sent());
    purge(store, 90);
    store.purgeFinished({ before: BEFORE, sendsUntil: SENT - 1, limit: 9 });
    expect(store.findLastSend(PHONE, null)).toBeDefined();
    store.purgeFinished({ before: BEFORE, sendsUntil: SENT, limit: 9 });
    expect(store.findLastSend(PHONE, null)).toBeUndefined();
    expect(store.readKnownSince()).toBe(SENT + 1);
  });

  test('that is shortened deletes it; lengthened, it does not know what was deleted', () => {
    const store = open(newPath());
    store.insertInvitation(sent());
    purge(store, 90);
    purge(store, 0, 365);
    expect(store.findLastSend(PHONE, null)).toBeUndefined();
    purge(store, 90);
    expect(store.readKnownSince()).toBe(SENT + 1);
  });

  test('hides no newer send, and an older one does not hide it', () => {
    const store = open(newPath());
    store.insertInvitation(sent());
    purge(store, 90);
    const newer = NINE - DAY_MS;
    store.insertInvitation(sent({ at: newer }));
    expect(store.findLastSend(PHONE, null)).toMatchObject({ sentAt: newer, staff: 'Léa' });
  });

  test('is erased with the customer', () => {
    const path = newPath();
    const store = open(path);
    store.insertInvitation(sent());
    purge(store, 90);
    store.insertInvitation(sent({ at: NINE - DAY_MS }));
    const how = { now: NINE, refusal: 'forgotten', underWay: 'waited-for' } as const;
    expect(store.eraseCustomer(PHONE, how)).toEqual({ kind: 'erased', invitations: 1 });
    expect(store.findLastSend(PHONE, null)).toBeUndefined();
  });

  test('survives a restore: the restored database gets it too', () => {
    const path = newPath();
    const store = open(path);
    store.insertInvitation(sent());
    purge(store, 90);
    store.close();
    const other = open(newPath());
    other.takeOver(salvagePreservedData(path));
    expect(other.findLastSend(PHONE, null)).toMatchObject({ sentAt: SENT, proved: true });
  });
});

test('[row 131] knows everything when nothing was deleted', () => {
  const store = open(newPath());
  store.insertInvitation(sent());
  purge(store, 0, 365);
  expect(store.readKnownSince()).toBeUndefined();
  purge(store, 0);
  expect(store.readKnownSince()).toBe(BEFORE);
});

test('[row 131] does not know the sends of a data gap', () => {
  const store = open(newPath());
  store.doubt({ why: 'restored', from: SENT, to: NINE - DAY_MS });
  expect(store.readKnownSince()).toBe(NINE - DAY_MS);
});
