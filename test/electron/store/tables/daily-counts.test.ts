import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../../shared/time.ts';
import { A_PROGRESS, aDecision, aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

const TODAY = [NINE - 9 * HOUR_MS, NINE + 15 * HOUR_MS] as const;

test('only proved sends count, and their delivery moves on', () => {
  const store = open(newPath());
  const created = { ...A_PROGRESS.accepted, delivery: 'created' } as const;
  const rows = [created, created, A_PROGRESS.maybe_sent, A_PROGRESS.refused].map((progress, at) =>
    aRow({ phone: aPhone(at), progress, sentAt: NINE }),
  );
  for (const row of rows) store.insertInvitation(row);
  expect(store.tallyBetween(TODAY)).toEqual([{ accepted: 2, delivered: 0, notDelivered: 0 }]);

  const tell = (at: number, delivery: 'delivered' | 'failed_send') =>
    store.recordDelivery(rows[at]?.invitation.id ?? '', { delivery, nextAt: null });
  tell(0, 'delivered');
  tell(1, 'failed_send');
  expect(store.tallyBetween(TODAY)).toEqual([{ accepted: 2, delivered: 1, notDelivered: 1 }]);
});

test('an open invitation counts once it has ended', () => {
  const store = open(newPath());
  const row = aRow();
  store.insertInvitation(row);
  store.claim(row.invitation.id, NINE);
  expect(store.tallyBetween(TODAY)).toMatchObject([{ accepted: 0 }]);
  store.recordAttempt(
    row.invitation.id,
    { endedAt: NINE, outcome: { kind: 'accepted', partooId: 'p' } },
    aDecision(A_PROGRESS.accepted, 'p'),
  );
  expect(store.tallyBetween(TODAY)).toMatchObject([{ accepted: 1 }]);
});

test('each invitation counts on the day of its save, also after the clock is corrected', () => {
  const store = open(newPath());
  const days = [NINE - 2 * DAY_MS, NINE - DAY_MS, NINE, NINE + DAY_MS];
  const progress = { ...A_PROGRESS.accepted, at: NINE - DAY_MS };
  store.insertInvitation(aRow({ queuedAt: NINE - DAY_MS, progress, sentAt: NINE - DAY_MS }));
  store.insertInvitation(aRow({ queuedAt: NINE, progress: A_PROGRESS.accepted, sentAt: NINE }));
  expect(store.tallyBetween(days).map(({ accepted }) => accepted)).toEqual([0, 1, 1]);
  store.fixFutureTimes(NINE - DAY_MS);
  expect(store.tallyBetween(days).map(({ accepted }) => accepted)).toEqual([0, 2, 0]);
});

test('no days give no counts', () => {
  expect(open(newPath()).tallyBetween([])).toEqual([]);
});
