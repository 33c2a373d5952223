import fc from 'fast-check';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';

// Random calls of the site database. Few numbers and invitations, so that the calls meet. Times are so long ago.

const KEYS = [
  '00000000-0000-4000-8000-0000000000a0',
  '00000000-0000-4000-8000-0000000000a1',
] as const;
const IDS = [
  '00000000-0000-4000-8000-0000000000b0',
  '00000000-0000-4000-8000-0000000000b1',
  '00000000-0000-4000-8000-0000000000b2',
] as const;

const desk = fc.constantFrom('lea', 'paul');
const invitation = fc.constantFrom(...IDS);
const key = fc.constantFrom(KEYS[0], KEYS[0], KEYS[0], KEYS[1]);
const ago = fc.constantFrom(1 * SECOND_MS, 5 * MINUTE_MS, 14_400 * MINUTE_MS);
const small = fc.integer({ min: 0, max: 3 });
const few = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 1 });
const partooId = fc.constantFrom('p0', 'p1');
const state = fc.constantFrom('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision');

const aClaim = fc.record({
  is: fc.constant('claim'),

  desk,
  invitation,
  claim: small,
  key,
  queuedAgo: ago,
  forced: fc.boolean(),
  seenAgo: fc.option(ago),
  looked: fc.boolean(),
});
const aSettlement = fc.record({
  is: fc.constant('settle'),

  desk,
  invitation,
  claim: small,
  sentAgo: fc.option(ago),
  proved: fc.boolean(),
  partooId: fc.option(partooId),
});
const anAttribution = fc.record({
  is: fc.constant('attribute_sms'),
  desk,
  invitation,
  ids: fc.uniqueArray(partooId, { minLength: 1 }),
});
const aPush = fc.record({
  is: fc.constant('push'),

  desk,
  known: fc.constantFrom(0, 0, 0, 2),
  change: small,
  sends: few(
    fc.record({
      invitation,
      key,
      proved: fc.boolean(),
      sentAgo: ago,
      queuedAgo: ago,
      partooId: fc.option(partooId),
    }),
  ),
  open: few(
    fc.record({
      invitation,
      key,
      queuedAgo: ago,
      state,
      forced: fc.boolean(),
      tried: fc.boolean(),
    }),
  ),
  ended: few(invitation),
  refusals: few(fc.constant(KEYS[1])),
});
const aHello = fc.record({
  is: fc.constant('hello'),

  desk,
  epoch: fc.integer({ min: 1, max: 3 }),
  pushed: small,
  pulled: small,
});
const anErasure = fc.record({
  is: fc.constant('erase'),
  desk,
  key,
});
const aTakeOver = fc.record({
  is: fc.constant('take_over'),
  desk,
  invitation,
});
const aRestart = fc.record({ is: fc.constant('restart') });
/** Every sum is a minute or more below the next limit: the clock of the server runs on during the test. */
const time = fc.record({
  is: fc.constant('time'),
  ms: fc.constantFrom(2 * MINUTE_MS, 11 * MINUTE_MS),
});

/** A call with what it is given, the time that passes, or a restart of the server. */
export const anOperation = fc.oneof(
  { arbitrary: aClaim, weight: 8 },
  { arbitrary: aSettlement, weight: 5 },
  { arbitrary: anAttribution, weight: 3 },
  { arbitrary: aPush, weight: 5 },
  { arbitrary: aHello, weight: 2 },
  { arbitrary: anErasure, weight: 1 },
  { arbitrary: aTakeOver, weight: 2 },
  { arbitrary: aRestart, weight: 1 },
  { arbitrary: time, weight: 4 },
);
export type Operation = typeof anOperation extends fc.Arbitrary<infer T> ? T : never;
