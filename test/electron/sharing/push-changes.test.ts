import { expect, test } from 'vitest';
import { createPush } from '../../../electron/sharing/push-changes.ts';
import type { PushedRefusal, SiteDatabase } from '../../../electron/site/site-database.ts';
import { HOUR_MS } from '../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aSharingDesk } from '../../support/builders/site-calls.ts';

type Batch = Parameters<SiteDatabase['push']>[2];

/** A desk that pushes to a site database which takes at most so many rows in time, and so many refusals a day. */
async function aPushingDesk(limits: { readonly rows?: number; readonly refusals?: number }) {
  const batches: Batch[] = [];
  const kept: PushedRefusal[] = [];
  const desk = aSharingDesk({
    push: async (_before, _change, batch) => {
      batches.push(batch);
      if (batch.open.length > (limits.rows ?? Infinity))
        return { kind: 'no-answer', fault: 'overloaded' };
      const room = (limits.refusals ?? Infinity) - kept.length;
      const left = batch.refusals.slice(Math.max(0, room));
      kept.push(...batch.refusals.slice(0, Math.max(0, room)));
      const keys = await desk.calls.readKeys();
      const refusalsLeft = left.flatMap(({ phone }) => keys?.numberKey(phone) ?? []);
      return {
        kind: 'answer',
        answer: { is: 'kept', erased: [], taken: [], refusalsLeft, notKept: [] },
      };
    },
  });
  await desk.calls.readKeys();
  const push = createPush({
    ...desk,
    onTakenOver: () => {},
    onErasureOrdered: () => {},
    onNotKept: () => {},
  });
  /** Pushes until nothing is left to push, or there is no answer. */
  const pushAll = async () => {
    for (;;) {
      const pushed = await push();
      if (pushed !== 'more') return pushed;
    }
  };
  return { ...desk, batches, kept, pushAll };
}

test('[row 293] pushes fewer rows at once to a server that is too slow for many', async () => {
  const { store, batches, pushAll } = await aPushingDesk({ rows: 10 });
  for (let last = 0; last < 40; last += 1)
    store.insertInvitation(aRow({ phone: aPhone(last), queuedAt: NINE + last }));
  let answers = 0;
  while ((await pushAll()) === 'no-answer') answers += 1;
  expect(answers).toBeLessThan(10);
  expect(store.countUnshared()).toEqual({ invitations: 0, refusals: 0 });
  expect(batches.at(0)?.open).toHaveLength(40);
});

test('[row 292] pushes refusals beyond the limit of a day again after an hour, the newest first', async () => {
  const { store, clock, batches, kept, pushAll } = await aPushingDesk({ refusals: 1 });
  for (const last of [1, 2, 3])
    store.addDoNotContact({ phone: aPhone(last), since: NINE + last, staff: null });
  expect(await pushAll()).toBe('done');
  expect(kept.map(({ phone }) => phone)).toEqual([aPhone(3)]);
  store.insertInvitation(aRow());
  expect(await pushAll()).toBe('done');
  expect(batches.map(({ refusals }) => refusals.length)).toEqual([3, 0]);
  await clock.advance(HOUR_MS);
  expect(await pushAll()).toBe('done');
  expect(batches.at(-1)?.refusals.map(({ phone }) => phone)).toEqual([aPhone(2), aPhone(1)]);
});
