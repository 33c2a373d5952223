import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import { openSimulator } from '../../../electron/practice/simulator.ts';
import type { Simulator } from '../../../electron/practice/simulator.ts';
import { createManualClock } from '../practice/manual-clock.ts';
import { NOW, partsFor } from '../../support/builders/partoo.ts';

let simulator: Simulator;
const open = () =>
  openPartoo(
    partsFor(simulator.apiUrl, {
      readKey: () => Promise.resolve({ kind: 'key', key: simulator.key }),
    }),
  );

beforeEach(async () => {
  simulator = await openSimulator({ clock: createManualClock(NOW) });
});
afterEach(() => simulator.close());

describe('[row 137] a cache between Deskbell and Partoo', () => {
  test('is asked for a fresh answer in every request', async () => {
    const partoo = open();
    await partoo.checkReachable();
    await partoo.checkDelivery('some-id');
    expect(simulator.received().map(({ headers }) => headers['cache-control'])).toEqual([
      'no-cache',
      'no-cache',
    ]);
  });

  test('that answers anyway does not set the clock', async () => {
    simulator.fault({ kind: 'status', status: 200, body: { id: '7' }, headers: { age: '5400' } });
    expect(await open().checkReachable()).toEqual({
      ok: true,
      value: 'reachable',
      serverTime: undefined,
    });
  });

  test('that revalidated the answer sets the clock', async () => {
    simulator.fault({ kind: 'status', status: 200, body: { id: '7' }, headers: { age: '0' } });
    expect(await open().checkReachable()).toMatchObject({ ok: true, serverTime: NOW });
  });
});
