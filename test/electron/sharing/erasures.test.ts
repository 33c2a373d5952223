import { expect, test } from 'vitest';
import { applyErasures } from '../../../electron/sharing/erasures.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aSharingDesk } from '../../support/builders/site-calls.ts';

test('[row 298] an erasure that fails is tried again, and keeps back no other one', async () => {
  const { store, calls } = aSharingDesk();
  const keys = await calls.readKeys();
  if (keys === undefined) throw new Error('no keys');
  const phones = [aPhone(1), aPhone(2)];
  for (const phone of phones) store.insertInvitation(aRow({ phone }));
  store.applyFeed({
    entries: phones.map((phone) => ({
      kind: 'erasure',
      key: keys.numberKey(phone),
      before: NINE + 5,
    })),
    pulled: 2,
    clearedTo: 0,
    isFirst: false,
  });
  const bugs: unknown[] = [];
  const erased: string[] = [];
  await applyErasures(
    {
      calls,
      store,
      now: () => NINE,
      erase: (phone) => {
        if (phone === aPhone(1)) throw new Error('a number remains');
        erased.push(phone);
        return 'erased';
      },
      reportBug: (error) => bugs.push(error),
    },
    keys,
  );
  expect(erased).toEqual([aPhone(2)]);
  expect(bugs).toHaveLength(1);
  expect(store.listErasuresToApply().map(({ key }) => key)).toEqual([keys.numberKey(aPhone(1))]);
});
