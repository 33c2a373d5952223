import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  giveVerdict,
  isAllowed,
  type VerdictFacts,
} from '../../../../electron/outbox/rules/verdict.ts';
import type { PastSend } from '../../../../electron/outbox/store-port.ts';
import { DAY_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';

const past = (sentAt: number, changes: Partial<PastSend> = {}): PastSend => ({
  sentAt,
  businessId: null,
  name: 'Marie Dupont',
  staff: 'Léa',
  from: 'here',
  place: null,
  proved: true,
  ...changes,
});

const verdict = (changes: Partial<VerdictFacts> = {}) =>
  giveVerdict({
    name: '',
    open: undefined,
    lastSend: undefined,
    doNotContact: undefined,
    waitsElsewhere: null,
    now: NINE,
    houseWindowDays: 0,
    knownSince: undefined,
    refusedAt: undefined,
    departure: {
      leavesAt: NINE + MINUTE_MS,
      why: 'undo',
      promisedAt: NINE + MINUTE_MS,
      waitsFor: null,
    },
    ...changes,
  });

describe('the ruling', () => {
  test('never invited', () => {
    expect(verdict()).toEqual({
      ruling: { kind: 'never' },
      otherName: null,
      waitsUntil: null,
      waitsFor: null,
      knownSince: null,
      refusedAt: null,
      waitsElsewhere: null,
    });
  });

  test('outside the sending hours: until when it waits; the undo time is no wait', () => {
    const at = { leavesAt: NINE + DAY_MS, promisedAt: NINE + DAY_MS };
    const held = verdict({ departure: { ...at, why: 'hours', waitsFor: 'hours' } });
    expect(held).toMatchObject({ waitsUntil: NINE + DAY_MS, waitsFor: 'hours' });
    for (const why of ['undo', 'now'] as const)
      expect(verdict({ departure: { ...at, why, waitsFor: null } }).waitsUntil).toBeNull();
  });

  test('[row 101] already in the outbox: since when and under which name', () => {
    const open = aRow({ queuedAt: NINE - MINUTE_MS, name: 'Paul' });
    expect(verdict({ open }).ruling).toEqual({
      kind: 'open',
      invitationId: open.invitation.id,
      since: NINE - MINUTE_MS,
      name: 'Paul',
    });
  });

  test('invited four days ago: by whom, and from when on Partoo accepts a new SMS', () => {
    const sentAt = NINE - 4 * DAY_MS;
    expect(verdict({ lastSend: past(sentAt) }).ruling).toEqual({
      kind: 'closed',
      sentAt,
      opensAt: sentAt + 10 * DAY_MS,
      name: 'Marie Dupont',
      staff: 'Léa',
      from: 'here',
      place: null,
      proved: true,
    });
  });

  test('an SMS that may have been sent counts as sent', () => {
    const lastSend = past(NINE - DAY_MS, { proved: false });
    expect(verdict({ lastSend }).ruling).toMatchObject({ kind: 'closed', proved: false });
  });

  test('[row 78] the resend window opens after exactly 10 days', () => {
    const kindAt = (sentAt: number) => verdict({ lastSend: past(sentAt) }).ruling.kind;
    expect(kindAt(NINE - 10 * DAY_MS + 1)).toBe('closed');
    expect(kindAt(NINE - 10 * DAY_MS)).toBe('past');
  });

  test('invited at another desk: where', () => {
    const place = { site: 'Lille', desk: 'Desk 2' };
    for (const days of [4, 20, 200]) {
      const lastSend = past(NINE - days * DAY_MS, { from: 'elsewhere', place });
      expect(verdict({ lastSend, houseWindowDays: 90 }).ruling).toMatchObject({ place });
    }
  });

  test('outside the resend window, inside the house window', () => {
    const sentAt = NINE - 20 * DAY_MS;
    const facts = { lastSend: past(sentAt), houseWindowDays: 90 };
    expect(verdict(facts).ruling).toMatchObject({ kind: 'house', opensAt: sentAt + 90 * DAY_MS });
    expect(verdict({ ...facts, houseWindowDays: 20 }).ruling.kind).toBe('past');
  });

  test('the do-not-contact list comes first', () => {
    const facts = {
      open: aRow(),
      lastSend: past(NINE),
      doNotContact: { since: NINE - DAY_MS, place: null },
    };
    expect(verdict(facts).ruling).toEqual({
      kind: 'do-not-contact',
      since: NINE - DAY_MS,
      place: null,
    });
  });

  test('an open invitation comes before a sent one', () => {
    expect(verdict({ open: aRow(), lastSend: past(NINE) }).ruling.kind).toBe('open');
  });
});

describe('another name', () => {
  const otherName = (name: string, known: string) =>
    verdict({ name, lastSend: past(NINE, { name: known }) }).otherName;

  test.each([
    ['Paul Martin', 'Marie Dupont', 'Marie Dupont'],
    ['Paul Martin', '', null],
    ['', 'Marie Dupont', null],
    ['Marie Dupont', 'Marie Dupont', null],
    ['  marie   DUPONT ', 'Marie Dupont', null],
    ['Helene', 'Hélène', null],
    ['Hélène', 'Hélène'.normalize('NFD'), null],
    ['Marie', 'Marie Dupont', 'Marie Dupont'],
    ["O'Brien", 'O’Brien', null],
    ['Jean-Pierre', 'Jean‑Pierre', null],
    ['Strauss', 'Strauß', null],
    ['андрей йовчев', 'Андрей Йовчев', null],
  ])('typed %j, known as %j [row 154]', (name, known, expected) => {
    expect(otherName(name, known)).toBe(expected);
  });

  test('is the one of the open invitation', () => {
    const open = aRow({ name: 'Paul' });
    expect(verdict({ name: 'Marie', open, lastSend: past(NINE) }).otherName).toBe('Paul');
  });
});

test('an unforced invitation passes exactly when the number has no open, recent or unwanted SMS', () => {
  const facts = fc.record({
    isOpen: fc.boolean(),
    ageDays: fc.option(fc.integer({ min: -5, max: 400 })),
    blocked: fc.boolean(),
    houseWindowDays: fc.constantFrom(0, 5, 90),
  });
  fc.assert(
    fc.property(facts, ({ isOpen, ageDays, blocked, houseWindowDays }) => {
      const { ruling } = verdict({
        open: isOpen ? aRow() : undefined,
        lastSend: ageDays === null ? undefined : past(NINE - ageDays * DAY_MS),
        doNotContact: blocked ? { since: NINE, place: null } : undefined,
        houseWindowDays,
      });
      const recent = ageDays !== null && ageDays < 10;
      expect(isAllowed(ruling)).toBe(!isOpen && !recent && !blocked);
    }),
  );
});
