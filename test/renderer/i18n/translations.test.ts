import { describe, expect, test } from 'vitest';
import { createFormats } from '../../../renderer/i18n/formats.ts';
import { createTranslations } from '../../../renderer/i18n/translations.ts';
import { LANGUAGES } from '../../../shared/i18n/languages.ts';
import { importTranslations } from '../../../shared/i18n/load-translations.ts';
import en from '../../../shared/locales/en.json' with { type: 'json' };
import { STATES } from '../../../shared/invitation.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';

const { ago, since, moment, time, span } = createFormats('en-GB');
/** In the time zone of the machine that runs the test. */
const local = (day: number, hour: number, minute: number): number =>
  new Date(2026, 10, day, hour, minute).getTime();

describe('dates', () => {
  test('are short, with the weekday', () => {
    expect(moment(local(19, 15, 40), local(23, 12, 0))).toMatch(/^Thu,? 19 Nov,? 15:40$/);
  });

  test('include the year when it is another one', () => {
    expect(moment(local(19, 15, 40), local(19, 15, 40) + 365 * DAY_MS)).toContain('2026');
  });

  test('are only the time on the same day', () => {
    expect(since(local(23, 10, 12), local(23, 12, 0))).toBe('10:12');
    expect(since(local(22, 10, 12), local(23, 12, 0))).toContain('22 Nov');
    expect(time(local(23, 9, 5))).toBe('09:05');
  });

  test.each([
    [0, '1 minute'],
    [59 * MINUTE_MS, '59 minutes'],
    [3 * HOUR_MS, '3 hours'],
    [400 * DAY_MS, '400 days'],
  ])('%i ms are %s', (ms, translations) => {
    expect(span(ms)).toBe(translations);
  });

  test.each([
    [0, '1 minute ago'],
    [-DAY_MS, '1 minute ago'],
    [59 * MINUTE_MS, '59 minutes ago'],
    [HOUR_MS, '1 hour ago'],
    [DAY_MS - 1, '23 hours ago'],
    [DAY_MS, '1 day ago'],
    [5 * DAY_MS - 1, '4 days ago'],
  ])('an age of %i ms is %s', (ageMs, translations) => {
    const now = local(23, 12, 0);
    expect(ago(now - ageMs, now)).toBe(translations);
  });
});

test('[row 212] a moment ago is said as "just now" in every language', async () => {
  const translations = await Promise.all(
    LANGUAGES.map(async (language) =>
      createTranslations(language, await importTranslations(language), language),
    ),
  );
  const now = local(23, 12, 0);
  expect(translations.map((one) => one.ago(now - MINUTE_MS + 1, now))).toEqual(
    translations.map(({ t }) => t('common.justNow')),
  );
  expect(translations.map((one) => one.ago(now + MINUTE_MS, now))).toContain('just now');
  expect(translations[0]?.ago(now - MINUTE_MS, now)).toBe('1 minute ago');
});

describe('the texts', () => {
  test('include the promised names of the states', () => {
    expect(STATES.map((state) => en.state[state])).toEqual([
      'Held',
      'Waiting',
      'Sending',
      'Not confirmed',
      'Needs your decision',
      'Accepted',
      'Refused',
      'Maybe sent',
      'Cancelled',
      'Expired',
    ]);
  });

  test('include the promised accessible names', () => {
    expect([
      en.tab.invite,
      en.tab.outbox,
      en.tab.history,
      en.tab.settings,
      en.invite.phone,
      en.invite.name,
      en.invite.business,
      en.invite.staff,
      en.invite.force.switch,
      en.invite.force.reason,
      en.invite.consent,
      en.invite.send,
      en.result.undo,
      en.outbox.flush,
      en.action.cancel,
      en.action.edit,
      en.action['send-now'],
      en.action['check-again'],
      en.settings.key.label,
      en.settings.key.save,
      en.settings.key.test,
      en.verdict.label,
      en.result.label,
      en.connection.label,
      en.practice.title,
    ]).toEqual([
      'Invite',
      'Outbox',
      'History',
      'Settings',
      'Phone number',
      'Customer name',
      'Business',
      'Sent by',
      'Send again anyway',
      'Reason',
      'The customer agreed to receive an SMS',
      'Send invitation',
      'Undo',
      'Try all now',
      'Cancel',
      'Edit',
      'Send now',
      'Check again',
      'API key',
      'Save key',
      'Test connection',
      'Verdict',
      'Result',
      'Connection',
      'Practice mode: no SMS is sent',
    ]);
  });
});
