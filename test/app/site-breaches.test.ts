import { expect, test } from 'vitest';
import { aPhone } from '../support/app.ts';
import { SITE_KEYS } from '../support/joined-desk.ts';
import { findBreaches, mostInAMinute } from '../chaos/site-breaches.ts';

const [one, other] = [aPhone(1), aPhone(2)];
const [oneKey, otherKey] = [SITE_KEYS.numberKey(one), SITE_KEYS.numberKey(other)];

/** What a good end looks like: one SMS, which a second desk was told about. */
const GOOD: Parameters<typeof findBreaches>[0] = {
  promised: [
    { id: 'a', phone: one },
    { id: 'b', phone: one },
  ],
  rows: [
    { id: 'a', phone: one, state: 'accepted', why: null, partooId: 'p1' },
    { id: 'b', phone: one, state: 'needs_decision', why: 'window', partooId: null },
  ],
  sms: [one],
  atSite: [{ key: oneKey, partooId: 'p1' }],
  grants: [{ askedMs: 0, answeredMs: 5, turns: 1 }],
  perMinute: 2,
  bugs: [],
};

test('a good end has no breach', () => {
  expect(findBreaches(GOOD)).toEqual([]);
});

test.each([
  ['double', oneKey, { sms: [one, one] }],
  ['lost', oneKey, { rows: GOOD.rows.slice(0, 1) }],
  ['unknown-at-site', oneKey, { atSite: [{ key: otherKey, partooId: 'p1' }] }],
  ['unproved-at-site', `${oneKey} accepted`, { atSite: [{ key: oneKey, partooId: null }] }],
  ['over-budget', '3 instead of 2', { grants: [{ askedMs: 0, answeredMs: 5, turns: 3 }] }],
  ['bug', 'string', { bugs: ['a value that was thrown'] }],
] as const)('%s is a breach', (kind, about, changes) => {
  expect(findBreaches({ ...GOOD, ...changes })).toEqual([{ kind, about }]);
});

test.each([
  ['not-sent', 'accepted', null],
  ['stuck', 'waiting', null],
  ['unexplained', 'needs_decision', 'window'],
  ['unexplained', 'cancelled', null],
  ['unexplained', 'refused', 'invalid'],
] as const)('%s: one that is %s (%s), without an SMS', (kind, state, why) => {
  const rows = [...GOOD.rows, { id: 'c', phone: other, state, why, partooId: 'p1' }];
  const about = [otherKey, state, why].filter((part) => part !== null).join(' ');
  expect(findBreaches({ ...GOOD, rows })).toEqual([{ kind, about }]);
});

test('an SMS that may have been sent explains that another desk was told about it', () => {
  const rows = [
    { id: 'c', phone: other, state: 'unconfirmed', why: null, partooId: null },
    { id: 'd', phone: other, state: 'needs_decision', why: 'window', partooId: null },
  ];
  expect(findBreaches({ ...GOOD, rows: [...GOOD.rows, ...rows] })).toEqual([]);
});

test('only requests that were certainly granted in the same minute count together', () => {
  const grants = [
    { askedMs: 0, answeredMs: 10, turns: 1 },
    { askedMs: 59_000, answeredMs: 59_990, turns: 2 },
    { askedMs: 59_995, answeredMs: 60_001, turns: 4 },
  ];
  expect(mostInAMinute(grants)).toBe(6);
});
