import { expect, test } from 'vitest';
import { sayHello } from '../../../electron/sharing/say-hello.ts';
import { DAY_MS } from '../../../shared/time.ts';
import { aRow, NINE } from '../../support/builders/row.ts';
import { aSharingDesk } from '../../support/builders/site-calls.ts';

test('[row 299] a desk whose clock is years ahead shares the SMS of the window when it joins', async () => {
  const { store, calls } = aSharingDesk({
    hello: async () => ({
      kind: 'answer',
      answer: {
        is: 'hello',
        now: NINE,
        epoch: 1,
        pushed: 0,
        head: 0,
        whole: true,
        settled: true,
        hintBits: 24,
        pollMs: 30_000,
        windowMs: 10 * DAY_MS,
        whenApart: 'look',
        retentionDays: 30,
        perMinute: 250,
        apartPerMinute: 20,
        settings: 'first',
      },
    }),
    settings: async () => ({
      kind: 'answer',
      answer: { is: 'settings', version: 'first', values: {}, shared: [] },
    }),
    pull: async () => ({
      kind: 'answer',
      answer: { is: 'feed', head: 0, clearedTo: 0, entries: [] },
    }),
  });
  const row = aRow();
  const { id } = row.invitation;
  store.insertInvitation(row);
  store.claim(id, NINE);
  store.recordAttempt(
    id,
    { endedAt: NINE, outcome: { kind: 'accepted', partooId: 'p-1' } },
    {
      progress: { state: 'accepted', at: NINE, evidence: 'response', delivery: null },
      sentAt: NINE,
      partooId: 'p-1',
      deliveryDueAt: null,
    },
  );
  const parts = {
    calls,
    store,
    now: () => NINE + 800 * DAY_MS,
    erase: () => 'erased' as const,
    onSettings: async () => {},
    log: () => {},
    reportBug: () => {},
  };
  expect(await sayHello(parts, await calls.readKeys())).toMatchObject({ isClockOff: true });
  expect(store.listUnsharedInvitations(500).map((mark) => mark.id)).toEqual([id]);
});
