import { describe, expect, test } from 'vitest';
import {
  formReducer,
  emptyForm,
  forceAgain,
  isEmpty,
  toDraft,
  NO_REASON,
  type Edit,
  type Form,
} from '../../../renderer/invite/form.ts';
import { KEPT } from '../samples.ts';

const edited = (...edits: readonly Edit[]): Form => edits.reduce(formReducer, emptyForm('token-1'));

const forced: readonly Edit[] = [
  { kind: 'phone', text: '06 39 98 00 04' },
  { kind: 'force', isOn: true },
  { kind: 'reason', reason: 'other' },
  { kind: 'other-reason', text: 'lost the first one' },
  { kind: 'asked', at: 1_000 },
];

describe('the permission to send again', () => {
  test('is off, and has no reason when it is switched on', () => {
    expect(edited().force).toBeNull();
    expect(edited({ kind: 'force', isOn: true }).force).toEqual({
      reason: null,
      other: '',
      pin: '',
    });
  });

  test('keeps the chosen and typed reason', () => {
    expect(edited(...forced).force).toEqual({
      reason: 'other',
      other: 'lost the first one',
      pin: '',
    });
  });

  test('ends with another number', () => {
    const form = edited(...forced, { kind: 'phone', text: '06 39 98 00 05' });
    expect(form).toMatchObject({ force: null, askedAt: null });
  });

  test('survives changed spaces and a changed name', () => {
    const form = edited(
      ...forced,
      { kind: 'phone', text: '0639980004' },
      { kind: 'name', text: 'Marie' },
    );
    expect(form).toMatchObject({ force: { reason: 'other' }, askedAt: 1_000 });
  });

  test.each<Edit>([
    { kind: 'left-alone' },
    { kind: 'cleared', token: 'token-2' },
    { kind: 'force', isOn: false },
  ])('ends with $kind', (edit) => {
    expect(edited(...forced, edit).force).toBeNull();
  });

  test('has no reason while it is off', () => {
    const form = edited(
      { kind: 'reason', reason: 'asked' },
      { kind: 'other-reason', text: 'because' },
    );
    expect(form.force).toBeNull();
  });
});

describe('the form values', () => {
  test('stay when the form loses focus', () => {
    const form = edited(
      ...forced,
      { kind: 'name', text: 'Marie' },
      { kind: 'consent', isGiven: true },
      { kind: 'left-alone' },
    );
    expect(form).toMatchObject({ phone: '06 39 98 00 04', name: 'Marie', hasConsent: true });
  });

  test('are empty after clearing, with a new token', () => {
    expect(edited(...forced, { kind: 'cleared', token: 'token-2' })).toEqual(emptyForm('token-2'));
  });

  test('return with Undo, as a correction with a token of its own', () => {
    const form = edited({
      kind: 'restored',
      token: 'token-2',
      phone: '06 39 98 00 04',
      name: 'Marie',
      hasConsent: true,
      businessId: 'b2',
      correctsSince: null,
      replaces: 'invitation-1',
      wantedForce: null,
    });
    expect(form).toEqual({
      ...emptyForm('token-2'),
      phone: '06 39 98 00 04',
      name: 'Marie',
      hasConsent: true,
      isNamePasted: false,
      isConsentCarried: true,
      businessId: 'b2',
      correctsSince: null,
      replaces: 'invitation-1',
    });
  });
});

describe('[row 132] the consent of an earlier invitation', () => {
  const corrected: Edit = {
    kind: 'restored',
    token: 'token-2',
    phone: '06 39 98 00 04',
    name: 'Marie',
    hasConsent: true,
    businessId: 'b2',
    correctsSince: null,
    replaces: 'invitation-1',
    wantedForce: null,
  };

  test('stays ticked for its number, in any spelling and with another name', () => {
    const form = edited(
      corrected,
      { kind: 'phone', text: '06 39980004' },
      { kind: 'name', text: 'Marie Dupont' },
    );
    expect(form.hasConsent).toBe(true);
  });

  test('is not ticked for another number', () => {
    expect(edited(corrected, { kind: 'phone', text: '06 39 98 00 0' }).hasConsent).toBe(false);
    const pasted: Edit = {
      kind: 'filled',
      token: 'token-3',
      phone: '06 39 98 00 05',
      name: '',
      isNamePasted: false,
      isOtherCustomer: false,
    };
    expect(edited(corrected, pasted).hasConsent).toBe(false);
  });

  test('is not ticked for another number in a reloaded page either', () => {
    const kept = toDraft(edited(corrected));
    if (kept === null) throw new Error('nothing was kept');
    const back: Edit = { kind: 'form-restored', form: kept };
    expect(edited(back).hasConsent).toBe(true);
    expect(edited(back, { kind: 'phone', text: '06' }).hasConsent).toBe(false);
  });

  test('ticked for the new number stays while its digits are corrected', () => {
    const ticked = edited(
      corrected,
      { kind: 'phone', text: '06 39 98 00 05' },
      { kind: 'consent', isGiven: true },
    );
    expect(formReducer(ticked, { kind: 'phone', text: '06 39 98 00 06' }).hasConsent).toBe(true);
  });
});

test('one form keeps one token for everything typed into it', () => {
  expect(edited(...forced).token).toBe('token-1');
});

test.each<[Edit, boolean]>([
  [{ kind: 'phone', text: '0' }, false],
  [{ kind: 'name', text: 'M' }, false],
  [{ kind: 'consent', isGiven: true }, false],
  [{ kind: 'asked', at: 1 }, true],
])('clearing %o loses nothing: %s', (edit, empty) => {
  expect(isEmpty(edited(edit))).toBe(empty);
});

test('phone rules that load late read the current content of the field', () => {
  const read = ({ phone }: Form): Edit => ({ kind: 'phone', text: `read ${phone}` });
  const form = edited(
    { kind: 'phone', text: '0' },
    { kind: 'phone', text: '06' },
    { kind: 'phone-reread', read },
  );
  expect(form.phone).toBe('read 06');
});

test('[row 191] a formatted number changes nothing else in the form', () => {
  const form = edited(
    { kind: 'phone', text: '639980004' },
    { kind: 'name', text: 'Marie' },
    { kind: 'consent', isGiven: true },
    { kind: 'force', isOn: true },
    { kind: 'asked', at: 1 },
  );
  const phone = '06 39 98 00 04';
  expect(formReducer(form, { kind: 'tidied', phone })).toEqual({ ...form, phone });
});

describe('after a save', () => {
  const sent = edited({ kind: 'phone', text: '06 39 98 00 04' }, { kind: 'name', text: 'Marie' });
  const saved = (form: Form, tidied = sent.phone): Form =>
    formReducer(form, { kind: 'saved', sent, tidied, token: 'token-2' });

  test('the form is empty and has a new token', () => {
    expect(saved(sent)).toEqual(emptyForm('token-2'));
  });

  test('text typed since stays: the next number starts after the last one', () => {
    const typed = formReducer(sent, { kind: 'phone', text: '06 39 98 00 04 06' });
    expect(saved(typed)).toEqual({ ...emptyForm('token-2'), phone: '06', typedPhone: '06' });
  });

  test('[row 191] the number is cleared too when it was formatted since', () => {
    const tidied = formReducer(sent, { kind: 'tidied', phone: '+33 6 39 98 00 04' });
    expect(saved(tidied, tidied.phone)).toEqual(emptyForm('token-2'));
    const typed = formReducer(tidied, { kind: 'phone', text: '+33 6 39 98 00 04 07' });
    expect(saved(typed, tidied.phone)).toMatchObject({ token: 'token-2', phone: '07', name: '' });
  });

  test('another number and another name stay', () => {
    const typed = edited({ kind: 'phone', text: '07' }, { kind: 'name', text: 'Paul' });
    expect(saved(typed)).toMatchObject({ token: 'token-2', phone: '07', name: 'Paul' });
  });
});

describe('[row 124] Send again anyway from a list', () => {
  const wished = edited({
    kind: 'restored',
    token: 'token-2',
    phone: '06 39 98 00 04',
    name: '',
    hasConsent: false,
    businessId: 'b2',
    correctsSince: null,
    replaces: 'invitation-1',
    wantedForce: NO_REASON,
  });

  test('switches the permission on once, as soon as it is offered', () => {
    const waiting = formReducer(wished, { kind: 'verdict-changed', isForceOffered: false });
    expect(waiting).toMatchObject({ force: null, wantedForce: NO_REASON });
    const on = formReducer(waiting, { kind: 'verdict-changed', isForceOffered: true });
    expect(on).toMatchObject({ force: { reason: null }, wantedForce: null });
    expect(formReducer(on, { kind: 'verdict-changed', isForceOffered: true }).force).toBeNull();
  });

  test('applies to one number', () => {
    const other = formReducer(wished, { kind: 'phone', text: '06 39 98 00 05' });
    expect(formReducer(other, { kind: 'verdict-changed', isForceOffered: true }).force).toBeNull();
  });
});

describe('[row 254] an undone second SMS', () => {
  const words = (reason: string) => `text of ${reason}`;

  test('keeps its chosen or typed reason', () => {
    expect(forceAgain('text of notReceived', words)).toEqual({
      reason: 'notReceived',
      other: '',
      pin: '',
    });
    expect(forceAgain('lost the first one', words)).toEqual({
      reason: 'other',
      other: 'lost the first one',
      pin: '',
    });
  });

  test('is on with its reason when it is offered again, once, and not when the form loses focus', () => {
    const wantedForce = forceAgain('lost the first one', words);
    const back = edited({
      kind: 'restored',
      token: 'token-2',
      phone: '06 39 98 00 04',
      name: '',
      hasConsent: false,
      businessId: 'b2',
      correctsSince: null,
      replaces: 'invitation-1',
      wantedForce,
    });
    const on = formReducer(back, { kind: 'verdict-changed', isForceOffered: true });
    expect(on).toMatchObject({ force: wantedForce, wantedForce: null });
    expect(formReducer(on, { kind: 'verdict-changed', isForceOffered: true }).force).toBeNull();
    expect(formReducer(on, { kind: 'left-alone' })).toMatchObject({
      force: null,
      wantedForce: null,
    });
  });

  test('is not part of the form draft: the permission ends there', () => {
    expect(toDraft(edited(...forced))).not.toHaveProperty('force');
    expect(toDraft(edited(...forced))).not.toHaveProperty('wantedForce');
  });
});

describe('[row 265] what a person typed since the form began', () => {
  const number = '06 39 98 00 04';
  const typed: readonly Edit[] = [
    { kind: 'phone', text: '0' },
    { kind: 'phone', text: number },
  ];
  const emptied: readonly Edit[] = [...typed, { kind: 'phone', text: '' }];
  const filled = {
    kind: 'filled',
    phone: number,
    name: 'Marie',
    isNamePasted: true,
    isOtherCustomer: true,
  } as const;

  test('is nothing in a form that is new, cleared, restored, or replaced another one', () => {
    const restored = { kind: 'form-restored', form: { ...KEPT, phone: number } } as const;
    expect(edited().typedPhone).toBeNull();
    expect(edited(...typed, { kind: 'cleared', token: 'token-2' }).typedPhone).toBeNull();
    expect(edited(...emptied, restored).typedPhone).toBeNull();
    expect(edited(...typed, { ...filled, token: 'token-2' }).typedPhone).toBeNull();
  });

  test.each<Edit>([
    { kind: 'phone', text: '0' },
    { kind: 'name', text: 'M' },
    { kind: 'consent', isGiven: true },
    { ...filled, token: 'token-1' },
  ])('counts after $kind', (edit) => {
    expect(edited(edit).typedPhone).not.toBeNull();
  });

  test.each<Edit>([
    { kind: 'tidied', phone: number },
    { kind: 'phone', text: '' },
    { kind: 'asked', at: 1 },
    { kind: 'left-alone' },
    { kind: 'verdict-changed', isForceOffered: false },
    { kind: 'business-chosen' },
  ])('does not count a change by Deskbell: $kind', (edit) => {
    expect(edited(edit).typedPhone).toBeNull();
  });

  test('stays known after it was deleted, also when Esc clears nothing more', () => {
    expect(edited(...emptied)).toMatchObject({ phone: '', typedPhone: number });
    const cleared = edited(...emptied, { kind: 'cleared', token: 'token-2' });
    expect(cleared).toMatchObject({ token: 'token-2', typedPhone: number });
  });

  test('is nothing after the form is saved, except for the next customer', () => {
    const sent = edited(...typed);
    const saved = { kind: 'saved', sent, tidied: number, token: 'token-2' } as const;
    expect(formReducer(sent, saved).typedPhone).toBeNull();
    expect(formReducer(edited(...emptied), saved).typedPhone).not.toBeNull();
    const next = edited(...typed, { kind: 'phone', text: `${number} 06` });
    expect(formReducer(next, saved)).toMatchObject({ phone: '06', typedPhone: '06' });
    const named = edited(...typed, { kind: 'name', text: 'Jean' });
    expect(formReducer(named, saved).typedPhone).not.toBeNull();
  });
});
