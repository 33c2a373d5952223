import { describe, expect, test } from 'vitest';
import { emptyForm, type Form } from '../../../renderer/invite/form.ts';
import { findBlocker, type Facts } from '../../../renderer/invite/validation.ts';
import { parsePhone } from '../../../shared/phone/phone.ts';
import type { Ruling } from '../../../shared/verdict.ts';
import { NOON } from '../samples.ts';

const earlier = {
  sentAt: NOON,
  name: '',
  staff: null,
  from: 'here' as const,
  place: null,
  proved: true,
};
const closed: Ruling = { kind: 'closed', opensAt: NOON, ...earlier };
const shown = { ruling: closed, refusedAt: null };

function facts(change: Partial<Facts> & { readonly typed?: Partial<Form> }): Facts {
  const form = { ...emptyForm('token'), phone: '06 39 98 00 04', ...change.typed };
  return {
    reading: parsePhone(form.phone, 'FR'),
    verdict: { ruling: { kind: 'never' }, refusedAt: null },
    needsConsent: false,
    needsPin: false,
    messageProblem: null,
    businessId: 'b1',
    isBusinessUnclear: false,
    ...change,
    form,
  };
}

test('a complete number can be sent', () => {
  expect(findBlocker(facts({}))).toBeNull();
});

test('[row 124] sending again after a refusal needs the same as after an earlier SMS', () => {
  const refused = { ruling: { kind: 'never' }, refusedAt: NOON } as const;
  const force = { reason: null, other: '', pin: '' };
  const obstacle = (typed: Partial<Form>, needsPin = false) =>
    findBlocker(facts({ verdict: refused, typed, needsPin }));
  expect(obstacle({})).toBeNull();
  expect(obstacle({ force })).toBe('no-reason');
  expect(obstacle({ force: { ...force, reason: 'asked' } })).toBeNull();
  expect(obstacle({ force: { ...force, reason: 'asked' } }, true)).toBe('no-pin');
});

test('a pending verdict is no obstacle', () => {
  expect(findBlocker(facts({ verdict: null }))).toBeNull();
});

describe('the number', () => {
  test.each([
    ['', 'no-phone'],
    [' ', 'no-phone'],
    ['06 39', 'incomplete'],
    ['06 39 98 00 04 1', 'impossible'],
    ['Marie', 'impossible'],
  ])('%j: %s', (phone, obstacle) => {
    expect(findBlocker(facts({ typed: { phone } }))).toBe(obstacle);
  });

  test('waits for the phone rules and the settings', () => {
    expect(findBlocker(facts({ reading: null }))).toBe('starting');
    expect(findBlocker(facts({ needsConsent: null, businessId: undefined }))).toBe('starting');
  });
});

describe('[row 192] a phone number in the name', () => {
  const name = 'Marie 06 39 98 00 12';

  test('is an error, after the number and before the message', () => {
    expect(findBlocker(facts({ typed: { name } }))).toBe('name-with-phone');
    expect(findBlocker(facts({ typed: { name, phone: '06 39' } }))).toBe('incomplete');
    const messageProblem = 'no-link';
    expect(findBlocker(facts({ typed: { name }, messageProblem }))).toBe('name-with-phone');
    expect(findBlocker(facts({ typed: { name: 'Marie, Room 101' } }))).toBeNull();
  });

  test('is reported where the number itself is missing', () => {
    expect(findBlocker(facts({ typed: { name, phone: '' } }))).toBe('name-with-phone');
  });
});

test('a missing business is reported before anything is typed', () => {
  expect(findBlocker(facts({ typed: { phone: '' }, businessId: undefined }))).toBe('no-business');
});

test('[row 220] a field that shows no business blocks a complete number', () => {
  const unclear = { isBusinessUnclear: true };
  expect(findBlocker(facts(unclear))).toBe('business-unclear');
  expect(findBlocker(facts({ ...unclear, typed: { phone: '06 39' } }))).toBe('incomplete');
});

describe('the verdict', () => {
  test.each<[Ruling, string | null]>([
    [{ kind: 'past', ...earlier }, null],
    [{ kind: 'house', opensAt: NOON, ...earlier }, null],
    [{ kind: 'open', invitationId: crypto.randomUUID(), since: NOON, name: '' }, 'open'],
    [{ kind: 'do-not-contact', since: NOON, place: null }, 'do-not-contact'],
    [closed, 'closed'],
  ])('$kind', (ruling, obstacle) => {
    expect(findBlocker(facts({ verdict: { ruling, refusedAt: null } }))).toBe(obstacle);
  });

  test.each<[Form['force'], string | null]>([
    [null, 'closed'],
    [{ reason: null, other: '', pin: '' }, 'no-reason'],
    [{ reason: 'other', other: '  ', pin: '' }, 'no-reason'],
    [{ reason: 'other', other: 'lost', pin: '' }, null],
    [{ reason: 'asked', other: '', pin: '' }, null],
  ])('inside the resend window with %o: %s', (force, obstacle) => {
    expect(findBlocker(facts({ verdict: shown, typed: { force } }))).toBe(obstacle);
  });

  test('sending again waits for the PIN where one is required', () => {
    const force = { reason: 'asked', other: '', pin: '' } as const;
    const asked = facts({ verdict: shown, needsPin: true, typed: { force } });
    expect(findBlocker(asked)).toBe('no-pin');
    const typed = facts({
      verdict: shown,
      needsPin: true,
      typed: { force: { ...force, pin: '1' } },
    });
    expect(findBlocker(typed)).toBeNull();
  });

  test('the do-not-contact list overrides force', () => {
    const ruling: Ruling = { kind: 'do-not-contact', since: NOON, place: null };
    const force = { reason: 'asked', other: '', pin: '' } as const;
    expect(findBlocker(facts({ verdict: { ruling, refusedAt: null }, typed: { force } }))).toBe(
      'do-not-contact',
    );
  });
});

test('consent is required only where the setting says so', () => {
  expect(findBlocker(facts({ needsConsent: true }))).toBe('no-consent');
  expect(findBlocker(facts({ needsConsent: true, typed: { hasConsent: true } }))).toBeNull();
});
