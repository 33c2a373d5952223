import { describe, expect, test } from 'vitest';
import {
  lackingPin,
  lastDigitsText,
  takenOverMessage,
} from '../../../renderer/other-desks/take-over-text.ts';
import type { AnyFailure } from '../../../renderer/ipc/client.ts';
import { NOON, sampleInvitation, TRANSLATIONS } from '../samples.ts';

const message = (failure: AnyFailure) =>
  takenOverMessage(TRANSLATIONS, { ok: false, failure }, NOON);
const bad = (text: RegExp) => ({ kind: 'bad', text: expect.stringMatching(text) });

test('shows the last two digits of a number, or none', () => {
  expect(lastDigitsText('42')).toBe('•••• 42');
  expect(lastDigitsText(null)).toBe('•••• ••');
});

test('tells a missing PIN from other failures', () => {
  expect(lackingPin({ kind: 'pin-needed', isSet: true })).toBe(true);
  expect(lackingPin({ kind: 'wrong-pin', waitSeconds: 0 })).toBe(true);
  expect(lackingPin({ kind: 'pin-wait', waitSeconds: 5 })).toBe(true);
  expect(lackingPin({ kind: 'too-late' })).toBe(false);
});

describe('the result of taking over', () => {
  test('names the customer, whose number stays masked', () => {
    const taken = (name: string) =>
      takenOverMessage(TRANSLATIONS, { ok: true, value: sampleInvitation({ name }) }, NOON);
    expect(taken('Marie Dupont')).toEqual({
      kind: 'good',
      text: 'Taken over: this desk sends the SMS to Marie Dupont.',
    });
    expect(taken('')).toMatchObject({ text: expect.stringMatching(/•• 04\.$/) });
  });

  test.each([
    ['awake', 'switched on'],
    ['in-doubt', 'may already have been sent'],
    ['unreadable', 'another organisation secret'],
    ['unavailable', 'can’t be reached'],
    ['consent', 'requires the customer’s consent'],
    ['business', 'isn’t set up on this PC'],
  ] as const)('says why the invitation stays at its desk: %s', (why, text) => {
    expect(message({ kind: 'take-over', why })).toEqual(
      bad(new RegExp(`${text}.*Nothing was changed\\.`)),
    );
  });

  test('names the verdict that forbids it here', () => {
    const verdict = {
      ruling: { kind: 'do-not-contact', since: NOON, place: null },
      otherName: null,
      waitsUntil: null,
      waitsFor: null,
      knownSince: null,
      refusedAt: null,
      waitsElsewhere: null,
    } as const;
    expect(message({ kind: 'not-allowed', verdict })).toEqual(
      bad(/^Not sent\. On the do-not-contact list/),
    );
  });

  test('says that another desk was faster', () => {
    expect(message({ kind: 'too-late' })).toEqual(bad(/^Too late/));
  });
});
