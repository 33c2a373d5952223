import { describe, expect, test } from 'vitest';
import { failureText } from '../../../renderer/i18n/failure-text.ts';
import { keyTestText } from '../../../renderer/settings/partoo/key-test-text.ts';
import { listCountries } from '../../../renderer/settings/region/countries.ts';
import { connectionText } from '../../../renderer/shell/connection-text.ts';
import { gapText } from '../../../renderer/shell/gap-text.ts';
import { startProblemText } from '../../../renderer/shell/start-problem-text.ts';
import type { Connection } from '../../../shared/connection.ts';
import { offlineCauseSchema, storageTroubleSchema } from '../../../shared/connection.ts';
import type { StartProblem } from '../../../shared/desk-snapshot.ts';
import type { DataGap } from '../../../shared/data-gap.ts';
import type { BusinessStatus, KeyTest } from '../../../shared/key-test.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { NOON, WORDS } from '../samples.ts';

const businesses = [{ id: 'b1', name: 'Hôtel du Lac' }];
const said = (connection: Connection) => connectionText(WORDS, connection, businesses, NOON);

/** Words that no key of the catalogue looks like. */
const SENTENCE = /^[A-Z“][^{}]*[.!?)]$/;

describe('the connection', () => {
  test.each<Connection>([{ kind: 'unknown' }, { kind: 'online' }])(
    'that is $kind needs no words',
    (connection) => {
      expect(said(connection)).toBeNull();
    },
  );

  test.each(offlineCauseSchema.options)('has words for being offline by %s', (cause) => {
    const retryAt = NOON + 2 * MINUTE_MS;
    const text = said({ kind: 'offline', cause, since: NOON, retryAt });
    expect(text).toMatchObject({ tone: 'wait', isPassing: true });
    expect(text?.title).toMatch(SENTENCE);
    expect(text?.text).toMatch(SENTENCE);
    expect(text?.aside).toContain(WORDS.time(retryAt));
  });

  test('[row 143] that gives answers nobody knows does not send anyone to a Wi-Fi page', () => {
    const text = said({ kind: 'offline', cause: 'unknown-answer', since: NOON, retryAt: NOON });
    expect(`${text?.title} ${text?.text}`).not.toMatch(/Wi-Fi|browser/);
    expect(text?.title).toContain('didn’t understand');
  });

  test('never names a next try that is past', () => {
    const text = said({ kind: 'offline', cause: 'dns', since: NOON, retryAt: NOON });
    expect(text?.aside).toMatch(SENTENCE);
    expect(text?.aside).not.toContain(WORDS.time(NOON));
  });

  test.each(storageTroubleSchema.options)('has words for a log that is %s', (why) => {
    expect(said({ kind: 'storage', why })?.text).toMatch(SENTENCE);
  });

  test.each<Connection>([
    { kind: 'no-key' },
    { kind: 'no-keychain' },
    { kind: 'key-refused', text: 'bad key' },
    { kind: 'busy', until: NOON },
    { kind: 'stopped', reference: 'a1b2' },
    { kind: 'clock-off', aheadMs: 3 * HOUR_MS },
    { kind: 'clock-off', aheadMs: -3 * HOUR_MS },
    { kind: 'clock-wrong', aheadMs: 400 * DAY_MS },
    { kind: 'clock-wrong', aheadMs: null },
  ])('has words for $kind', (connection) => {
    expect(said(connection)?.title).toMatch(SENTENCE);
    expect(said(connection)?.text).toMatch(SENTENCE);
  });

  test('says by how much a clock is off, and which way', () => {
    expect(said({ kind: 'clock-off', aheadMs: 3 * HOUR_MS })?.title).toContain('3 hours fast');
    expect(said({ kind: 'clock-wrong', aheadMs: -2 * DAY_MS })?.title).toContain('2 days slow');
  });

  test('names the business that a key may not send for', () => {
    const text = said({ kind: 'no-access', businessIds: ['b1', 'b9'], text: '' });
    expect(text?.title).toContain('Hôtel du Lac and b9');
  });

  test('leads to Settings only where a setting solves it', () => {
    expect(said({ kind: 'no-key' })?.isForSettings).toBe(true);
    expect(said({ kind: 'no-keychain' })?.isForSettings).toBe(false);
  });
});

test.each<StartProblem>([
  { kind: 'config', file: 'config.json', line: 7, key: 'apiUrl', detail: 'must be https' },
  { kind: 'config', file: 'config.json', line: null, key: '', detail: 'is no JSON' },
  { kind: 'config-rights', path: '/etc/deskbell' },
  { kind: 'data-folder', path: '/data' },
  { kind: 'disk-full', path: '/data' },
  { kind: 'newer-database', path: '/data' },
  { kind: 'damaged-database', path: '/data' },
  { kind: 'in-use', path: '/data' },
  { kind: 'native-module', reference: 'a1b2' },
  { kind: 'bug', reference: 'a1b2' },
])('a start that fails by $kind says what is wrong, where and what to do', (problem) => {
  const { title, details, todo } = startProblemText(WORDS, problem);
  expect(title).toMatch(SENTENCE);
  expect(todo).toMatch(SENTENCE);
  expect(details.length).toBeGreaterThan(0);
  expect(details).not.toContain('');
});

test('a mistake in the configuration names file, line and key', () => {
  const problem = { kind: 'config', file: 'c.json', line: 7, key: 'apiUrl', detail: 'd' } as const;
  expect(startProblemText(WORDS, problem).details).toEqual([
    'c.json, line 7',
    'Setting: apiUrl',
    'd',
  ]);
});

function works(standing: BusinessStatus['standing']): KeyTest {
  const business = { id: 'b', name: 'Hôtel du Lac', standing };
  return { kind: 'works', name: 'Léa', role: 'ADMIN', businesses: [business] };
}

const isGood = (found: KeyTest): boolean =>
  found.kind === 'works' &&
  found.businesses.some(({ standing }) => standing === 'ready' || standing === 'unchecked');

test.each<KeyTest>([
  works('ready'),
  works('unchecked'),
  works('no-google'),
  works('no-review-booster'),
  works('not-seen'),
  { kind: 'works', name: 'Hôtel du Lac', role: 'ADMIN', businesses: [] },
  { kind: 'no-key' },
  { kind: 'no-keychain' },
  { kind: 'key-refused', text: '' },
  { kind: 'no-access', text: '' },
  { kind: 'restricted', text: '' },
  { kind: 'works', name: '', role: '', businesses: [] },
  { kind: 'offline', cause: 'proxy' },
  { kind: 'busy', waitSeconds: 30 },
  { kind: 'odd-answer', status: 502 },
])('a test of the key that shows $kind has words', (test_) => {
  const words = keyTestText(WORDS, test_);
  expect(words.kind).toBe(isGood(test_) ? 'good' : 'bad');
  expect(words.text).toMatch(SENTENCE);
});

test('Partoo’s own words are handed on', () => {
  expect(keyTestText(WORDS, { kind: 'key-refused', text: 'Invalid API key' }).text).toContain(
    'Partoo says: Invalid API key',
  );
});

test('a bug is named by its reference', () => {
  expect(failureText(WORDS, { kind: 'bug', reference: 'a1b2' })).toContain('a1b2');
});

test('every country has a name, in alphabetical order', () => {
  const countries = listCountries('en');
  expect(countries.length).toBeGreaterThan(200);
  expect(countries).toContainEqual({ code: 'RE', name: 'Réunion' });
  const names = countries.map(({ name }) => name);
  expect(names).toEqual(names.toSorted(new Intl.Collator('en').compare));
});

describe('[row 197] what may be missing', () => {
  const lostBy = (why: DataGap['why'], from: number | null, to = NOON) =>
    gapText(WORDS, { why, from, to, dated: 'by-partoo' }, NOON).lost;

  test('is nothing after a restore on purpose', () => {
    const begin = WORDS.time(NOON - HOUR_MS);
    expect(lostBy('restored', NOON - HOUR_MS)).toBe(
      `Invitations entered since ${begin} were kept.`,
    );
  });

  test('lies between two times, or at one where both read the same', () => {
    const [begin, end] = [NOON - HOUR_MS, NOON].map(WORDS.time);
    expect(lostBy('older', NOON - HOUR_MS)).toContain(`between ${begin} and ${end} may be missing`);
    for (const why of ['damaged', 'missing', 'older', 'other-pc'] as const)
      expect(lostBy(why, NOON + 1, NOON + 30_000)).toContain(`at about ${end} may be missing`);
  });

  test('is what could not be read of a damaged log', () => {
    const kept = /^Everything that could still be read was kept\. /;
    expect(lostBy('damaged', NOON - HOUR_MS)).toMatch(kept);
    expect(lostBy('damaged', null)).toMatch(kept);
    expect(lostBy('missing', NOON - HOUR_MS)).not.toMatch(kept);
    expect(lostBy('missing', null)).not.toMatch(kept);
  });
});
