import { describe, expect, test } from 'vitest';
import type { RemoteVerdictState } from '../../../../renderer/invite/verdict/use-verdict.ts';
import { readingLines, verdictLines } from '../../../../renderer/invite/verdict/verdict-text.ts';
import { otherWriting, parsePhone } from '../../../../shared/phone/phone.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/time.ts';
import type { Ruling, Verdict } from '../../../../shared/verdict.ts';
import { createTranslations } from '../../../../renderer/i18n/translations.ts';
import { importTranslations } from '../../../../shared/i18n/load-translations.ts';
import { NOON, TRANSLATIONS } from '../../samples.ts';

const known = (
  ruling: Ruling,
  change: Partial<Verdict> = {},
  opinion: RemoteVerdictState = null,
): string[] =>
  verdictLines(
    TRANSLATIONS,
    {
      ruling,
      otherName: null,
      waitsUntil: null,
      waitsFor: null,
      knownSince: null,
      refusedAt: null,
      waitsElsewhere: null,
      ...change,
    },
    opinion,
    NOON,
    'Hotel',
  ).map(({ text }) => text);

const sentAt = NOON - 4 * DAY_MS;
const sent = {
  sentAt,
  name: 'Marie D.',
  staff: 'Léa',
  from: 'here',
  place: null,
  proved: true,
} as const;
const when = TRANSLATIONS.moment(sentAt, NOON);
const opensAt = sentAt + 10 * DAY_MS;
const opens = TRANSLATIONS.moment(opensAt, NOON);

describe('the verdict', () => {
  test('never invited', () => {
    expect(known({ kind: 'never' })).toEqual(['No earlier invitation on this PC.']);
  });

  test('never invited, confirmed by Partoo', () => {
    expect(known({ kind: 'never' }, {}, 'partoo')).toEqual([
      'No earlier invitation on this PC. Partoo lists no SMS for Hotel in the last 10\u00A0days.',
    ]);
  });

  test('[row 124] a refusal without an explanation', () => {
    expect(known({ kind: 'never' }, { refusedAt: sentAt })).toContain(
      `Partoo refused an SMS to this number (${when}), and its list doesn’t show why. Check the number first. If another of your businesses has invited this customer, you can turn on “Send again anyway”.`,
    );
  });

  test.each([
    ['no-answer', 'Partoo didn’t respond in time.'],
    ['rate-limited', 'it has reached its limit of requests to Partoo for now.'],
    ['unavailable', 'Deskbell can’t check with Partoo at the moment.'],
  ] as const)('[row 245] says why only this PC was checked: %s', (opinion, why) => {
    expect(known({ kind: 'never' }, {}, opinion)).toEqual([
      'No earlier invitation on this PC.',
      `Only this PC was checked: ${why}`,
    ]);
  });

  test.each([
    ['Léa Martin', ' from another desk, by Léa Martin.'],
    [null, ' from another desk.'],
  ])('sent from elsewhere by %s', (staff, translations) => {
    const [line] = known({ kind: 'closed', opensAt, ...sent, name: '', staff, from: 'elsewhere' });
    expect(line).toContain(`Invited 4 days ago (${when})${translations}`);
  });

  describe('of another desk that the site database knows', () => {
    const desk = { site: 'Lille', desk: 'desk 2' };
    const shop = { site: 'Lyon', desk: null };
    const elsewhere = { ...sent, name: '', from: 'elsewhere' } as const;

    test.each([
      [desk, 'Léa', ' at desk 2 by Léa.'],
      [desk, null, ' at desk 2.'],
      [shop, null, ' in Lyon.'],
    ])('the SMS was sent at %j by %s', (place, staff, where) => {
      const [line] = known({ kind: 'closed', opensAt, ...elsewhere, staff, place });
      expect(line).toContain(`Invited 4 days ago (${when})${where}`);
    });

    test('the SMS may have been sent: its time is known', () => {
      const [line] = known({ kind: 'closed', opensAt, ...elsewhere, proved: false, place: desk });
      expect(line).toMatch(/^Possibly invited 4 days ago .* at desk 2 by Léa .* never confirmed/);
    });

    test('the customer said no there', () => {
      const refused = { kind: 'do-not-contact', since: NOON } as const;
      const time = TRANSLATIONS.time(NOON);
      expect(known({ ...refused, place: desk })).toEqual([
        `Said no, at desk 2 (${time}). No SMS can be sent.`,
      ]);
      expect(known({ ...refused, place: shop })).toEqual([
        `Said no, at another site: Lyon (${time}). No SMS can be sent.`,
      ]);
    });

    test('an invitation waits there: a warning beside the verdict, unless the number is refused', () => {
      const hour = TRANSLATIONS.time(NOON - HOUR_MS);
      const waits = { since: NOON - HOUR_MS, place: desk, silentSince: null };
      const said = (change: Partial<typeof waits> | { readonly silentSince: number }) =>
        known({ kind: 'never' }, { waitsElsewhere: { ...waits, ...change } })[1];
      expect(said({})).toBe(`Waits at desk 2 since ${hour}: that desk sends it.`);
      const off = `That desk has been switched off since ${TRANSLATIONS.time(NOON)}: you may invite here.`;
      expect(said({ silentSince: NOON })).toBe(`Waits at desk 2 since ${hour}. ${off}`);
      const inLyon = { waitsElsewhere: { ...waits, place: shop } };
      expect(known({ kind: 'never' }, inLyon)[1]).toBe(
        `Waits in Lyon since ${hour}: that desk sends it.`,
      );
      const silent = { waitsElsewhere: { ...waits, place: shop, silentSince: NOON } };
      expect(known({ kind: 'never' }, silent)[1]).toBe(`Waits in Lyon since ${hour}. ${off}`);
      expect(known({ kind: 'do-not-contact', since: NOON, place: null }, inLyon)).toHaveLength(1);
    });

    test('none of the desks knows an SMS', () => {
      expect(known({ kind: 'never' }, {}, 'desks')).toEqual([
        'No earlier invitation on this PC. The other desks list no SMS to this number.',
      ]);
      expect(known({ kind: 'past', ...sent }, {}, 'desks')).toHaveLength(1);
    });
  });

  test('[row 141] listed without a time: shows no time', () => {
    const undated = { ...sent, sentAt: NOON, name: '', proved: false, from: 'elsewhere' } as const;
    expect(known({ kind: 'closed', opensAt, ...undated })).toEqual([
      'Partoo lists an SMS with no time from another desk, by Léa, so it counts as sent now.',
    ]);
  });

  test('waiting in the outbox', () => {
    const ruling = { kind: 'open', invitationId: crypto.randomUUID(), since: NOON } as const;
    const time = TRANSLATIONS.time(NOON);
    expect(known({ ...ruling, name: '' })).toEqual([`Already in the outbox since ${time}.`]);
    expect(known({ ...ruling, name: 'Marie D.' })).toEqual([
      `Already in the outbox as Marie D. since ${time}.`,
    ]);
  });

  test('inside the resend window: when, under which name, by whom and until when', () => {
    expect(known({ kind: 'closed', opensAt, ...sent })).toEqual([
      `Invited 4 days ago (${when}) as Marie D. by Léa. Partoo will accept another SMS from ${opens}.`,
    ]);
  });

  test('inside the resend window, nothing else known', () => {
    expect(known({ kind: 'closed', opensAt, ...sent, name: '', staff: null })).toEqual([
      `Invited 4 days ago (${when}). Partoo will accept another SMS from ${opens}.`,
    ]);
  });

  test('an SMS that may have been sent', () => {
    const [line] = known({ kind: 'closed', opensAt, ...sent, proved: false });
    expect(line).toMatch(/^Possibly invited 4 days ago .*never confirmed/);
  });

  test('inside the house window: a warning that blocks nothing', () => {
    const [line] = known({ kind: 'house', opensAt, ...sent });
    expect(line).toContain('you can still send');
  });

  test('long ago', () => {
    expect(known({ kind: 'past', ...sent })).toEqual([
      `Invited 4 days ago (${when}) as Marie D. by Léa. You can send another SMS.`,
    ]);
  });

  test('under another name', () => {
    expect(known({ kind: 'never' }, { otherName: 'Paul Martin' })).toEqual([
      'No earlier invitation on this PC.',
      'This number was invited under another name: Paul Martin',
    ]);
  });

  test('outside the sending hours: the send time', () => {
    const waitsUntil = NOON + 14 * HOUR_MS;
    expect(known({ kind: 'never' }, { waitsUntil, waitsFor: 'hours' })).toContain(
      `Outside sending hours: the SMS will be sent ${TRANSLATIONS.moment(waitsUntil, NOON)}.`,
    );
  });

  test('[row 131] says never only while nothing was deleted', () => {
    const said = (days: number, opinion: 'partoo' | null = null) =>
      verdictLines(
        TRANSLATIONS,
        {
          ruling: { kind: 'never' },
          otherName: null,
          waitsUntil: null,
          waitsFor: null,
          knownSince: NOON - days * DAY_MS,
          refusedAt: null,
          waitsElsewhere: null,
        },
        opinion,
        NOON,
        'Hotel',
      )[0]?.text;
    expect(said(30.9)).toBe('No invitation in the last 30\u00A0days on this PC.');
    expect(said(1)).toBe('No invitation in the last 1\u00A0day on this PC.');
    expect(said(30, 'partoo')).toBe(
      'No invitation in the last 30\u00A0days on this PC. Partoo lists no SMS for Hotel in the last 10\u00A0days.',
    );
    expect(said(0.1)).toContain(TRANSLATIONS.since(NOON - 0.1 * DAY_MS, NOON));
  });

  test('on the do-not-contact list: nothing will be sent', () => {
    const ruling: Ruling = { kind: 'do-not-contact', since: NOON, place: null };
    expect(known(ruling, { waitsUntil: NOON + 14 * HOUR_MS })).toHaveLength(1);
  });
});

test.each([
  ['06 39 98 00 04', []],
  ['06', []],
  ['06 39 98 00 04 1', ['stop']],
  ['abc', ['stop']],
  ['01 42 34 56 78', ['warn']],
])('the digits of %s alone show: %j', (text, tones) => {
  expect(readingLines(TRANSLATIONS, parsePhone(text, 'FR'), null).map(({ tone }) => tone)).toEqual(
    tones,
  );
});

test('[row 191] shows the reading of a number once, before its verdict', () => {
  const said = (text: string): string[] =>
    readingLines(TRANSLATIONS, parsePhone(text, 'FR'), otherWriting(text, 'FR')).map(
      (line) => line.text,
    );
  expect(said('639980004')).toEqual(['Read as +33 6 39 98 00 04']);
  expect(said('0033 1 42 34 56 78')).toEqual([
    'Read as +33 1 42 34 56 78',
    'This is a landline, and most can’t receive SMS. Ask for a mobile number.',
  ]);
  expect(said('06 39 98 00 04')).toEqual([]);
});

test.each(['en', 'fr', 'de', 'es', 'it', 'pt'] as const)(
  '[row 260] starts each line with a capital, also before a value: %s',
  async (language) => {
    const translations = createTranslations(language, await importTranslations(language), language);
    const ruling = { kind: 'closed', ...sent, opensAt } as const;
    const verdict = { ruling, otherName: 'Jean', waitsUntil: opensAt, waitsFor: 'hours' } as const;
    const all = { ...verdict, knownSince: null, refusedAt: sentAt, waitsElsewhere: null } as const;
    for (const { text } of verdictLines(translations, all, null, NOON, 'Hotel'))
      expect(text).toMatch(/^\p{Lu}/u);
  },
);
