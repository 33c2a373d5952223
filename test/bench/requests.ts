import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { createFakeClock } from '../support/clock.ts';
import { countPending } from '../support/wait-until-idle.ts';
import { unknownPhone } from './databases.ts';
import { valueLine, type Line } from './line.ts';
import { openLocalApp, type Joined } from './local-app.ts';

const CUSTOMERS = 60;
const [HOTEL] = PRACTICE_BUSINESSES;

/**
 * Measures how many requests one invitation costs, all included: the check while typing, probes, the send and the
 * delivery polls of the following day. Partoo allows 300 requests a minute for the whole organisation.
 */
export async function measureRequests(): Promise<readonly Line[]> {
  return [
    valueLine({
      what: 'requests to Partoo per invitation, a customer every 4 minutes',
      unit: 'requests',
      ours: await requestsEach({ everyMs: 4 * MINUTE_MS, checkWithPartoo: true }),
      goal: 4,
    }),
    valueLine({
      what: 'the same, without the check while typing',
      unit: 'requests',
      ours: await requestsEach({ everyMs: 4 * MINUTE_MS, checkWithPartoo: false }),
      goal: 3,
    }),
  ];
}

/** The requests to Partoo for one invitation, at a desk alone or at one that has joined a site database. */
export async function requestsEach(given: {
  readonly everyMs: number;
  readonly checkWithPartoo: boolean;
  readonly joined?: Joined;
}): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-requests-'));
  const pending = countPending();
  const clock = createFakeClock(Date.now(), pending.rest);
  const local = await openLocalApp(
    folder,
    { undoSeconds: 10, checkWithPartoo: given.checkWithPartoo },
    { clock, pending },
    given.joined,
  );
  // A joined desk says hello first.
  await clock.advance(5 * SECOND_MS);
  try {
    let before = 0;
    // The first customer is not counted: the start of Deskbell costs one probe more.
    for (let nth = 0; nth <= CUSTOMERS; nth += 1) {
      if (nth === 1) before = local.vendor.received().length;
      const phone = e164Schema.parse(`+33${unknownPhone(nth).slice(1)}`);
      const checked = local.call('verdict.checkWithPartoo', {
        phone,
        name: '',
        businessId: HOTEL.id,
        replaces: null,
      });
      await clock.advance(6 * SECOND_MS);
      await checked;
      await local.save(phone);
      await clock.advance(given.everyMs - 6 * SECOND_MS);
    }
    await clock.advance(DAY_MS);
    const sent = local.vendor.sms().length;
    if (sent !== CUSTOMERS + 1) throw new Error(`${sent} SMS instead of ${CUSTOMERS + 1}`);
    return (local.vendor.received().length - before) / CUSTOMERS;
  } finally {
    await local.close();
    await rm(folder, { recursive: true, force: true });
  }
}
