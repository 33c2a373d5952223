import { describe, expect, test } from 'vitest';
import { connectionText } from '../../../renderer/shell/connection-text.ts';
import type { Connection } from '../../../shared/connection.ts';
import { offlineCauseSchema, storageTroubleSchema } from '../../../shared/connection.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { NOON, SENTENCE, TRANSLATIONS } from '../samples.ts';

const businesses = [{ id: 'b1', name: 'Hôtel du Lac' }];
const said = (connection: Connection) => connectionText(TRANSLATIONS, connection, businesses, NOON);

describe('the connection', () => {
  test.each<Connection>([{ kind: 'unknown' }, { kind: 'online' }])(
    'that is $kind shows no text',
    (connection) => {
      expect(said(connection)).toBeNull();
    },
  );

  test.each(offlineCauseSchema.options)('has a text for being offline by %s', (cause) => {
    const retryAt = NOON + 2 * MINUTE_MS;
    const text = said({ kind: 'offline', cause, since: NOON, retryAt });
    expect(text).toMatchObject({ tone: 'wait', isPassing: true });
    expect(text?.title).toMatch(SENTENCE);
    expect(text?.text).toMatch(SENTENCE);
    expect(text?.detail).toContain(TRANSLATIONS.time(retryAt));
  });

  test('[row 143] with unknown answers mentions no Wi-Fi sign-in page', () => {
    const text = said({ kind: 'offline', cause: 'unknown-answer', since: NOON, retryAt: NOON });
    expect(`${text?.title} ${text?.text}`).not.toMatch(/Wi-Fi|browser/);
    expect(text?.title).toContain('didn’t understand');
  });

  test('never names a next try in the past', () => {
    const text = said({ kind: 'offline', cause: 'dns', since: NOON, retryAt: NOON });
    expect(text?.detail).toMatch(SENTENCE);
    expect(text?.detail).not.toContain(TRANSLATIONS.time(NOON));
  });

  test.each(storageTroubleSchema.options)('has a text for a database that is %s', (why) => {
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
  ])('has a text for $kind', (connection) => {
    expect(said(connection)?.title).toMatch(SENTENCE);
    expect(said(connection)?.text).toMatch(SENTENCE);
  });

  test('says by how much a clock is off, and in which direction', () => {
    expect(said({ kind: 'clock-off', aheadMs: 3 * HOUR_MS })?.title).toContain('3 hours fast');
    expect(said({ kind: 'clock-wrong', aheadMs: -2 * DAY_MS })?.title).toContain('2 days slow');
  });

  test('names the business that a key may not send for', () => {
    const text = said({ kind: 'no-access', businessIds: ['b1', 'b9'], text: '' });
    expect(text?.title).toContain('Hôtel du Lac and b9');
  });

  test('links to Settings only where a setting solves the problem', () => {
    expect(said({ kind: 'no-key' })?.isForSettings).toBe(true);
    expect(said({ kind: 'no-keychain' })?.isForSettings).toBe(false);
  });
});
