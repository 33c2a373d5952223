import { randomUUID } from 'node:crypto';
import { createCourier } from '../../../../electron/outbox/courier.ts';
import { createCorrectedClock } from '../../../../electron/outbox/corrected-clock.ts';
import { createRateLimiter } from '../../../../electron/outbox/rate-limiter.ts';
import { systemClock } from '../../../../electron/os/system-clock.ts';
import { openPartoo } from '../../../../electron/partoo/open-partoo.ts';
import { openStore } from '../../../../electron/store/file/open-store.ts';
import { classifyStorageError } from '../../../../electron/store/file/storage-errors.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';
import { aPhone, aRow, waiting } from '../../../support/builders/row.ts';

// Sends some invitations with the real store and client, so that a test can check the order of the system calls.

const [path = '', apiUrl = '', key = '', businessId = ''] = process.argv.slice(2);
const INVITATIONS = 10;

const opening = openStore({ path, now: systemClock.now, onBadRow: () => {} });
if (opening.kind !== 'open') throw new Error(opening.why);
const { store } = opening;
const now = systemClock.now();
for (let nth = 0; nth < INVITATIONS; nth += 1) {
  store.insertInvitation(
    aRow({ phone: aPhone(50 + nth), businessId, queuedAt: now, progress: waiting(now) }),
  );
}
const partoo = openPartoo({
  apiUrl: new URL(apiUrl),
  version: '0.0.0',
  readKey: async () => ({ kind: 'key', key }),
  proxyFor: async () => 'DIRECT',
  certificates: undefined,
  clock: systemClock,
});
const clock = createCorrectedClock({
  clock: systemClock,
  highestSeenAt: undefined,
  keepHighest: store.keepHighestInstant,
});
const courier = createCourier({
  clock,
  store,
  partoo,
  classifyStorageError,
  random: Math.random,
  rateLimiter: createRateLimiter(clock, () => 300),
  pause: { leftMs: () => 0, begin: () => {} },
  settings: () => ({ ...DEFAULT_SETTINGS, sendingHours: null }),
  isHoliday: () => false,
  belongsHere: async () => true,
  onInvitation: () => {
    if (store.countOpen() === 0) void end();
  },
  onConnection: () => {},
  reportBug: (error) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
    return randomUUID();
  },
});
courier.wake('person');

async function end(): Promise<void> {
  await courier.stop();
  await partoo.close();
  store.close();
}
