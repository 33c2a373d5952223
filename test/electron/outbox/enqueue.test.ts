import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { moveTo } from '../../../electron/outbox/rules/build-decision.ts';
import { checkVerdict, enqueue, type EnqueueParts } from '../../../electron/outbox/enqueue.ts';
import { createForceTickets } from '../../../electron/outbox/force-tickets.ts';
import type { InvitationDraft } from '../../../shared/invitation-draft.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { newPath, open } from '../../support/builders/store.ts';

const BUSINESS = '5409c35a97bbc544d8e26737';
const OTHER_BUSINESS = '5409c35a97bbc544d8e26738';
const REASON = 'The customer lost the message';

function setUp(changes: Partial<Settings> = {}) {
  const path = newPath();
  const store = open(path);
  const clock = createFakeClock(NINE);
  const tickets = createForceTickets({ clock, newId: randomUUID });
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    businesses: [
      { id: BUSINESS, name: 'Hotel' },
      { id: OTHER_BUSINESS, name: 'Restaurant' },
    ],
    sendingHours: null,
    ...changes,
  };
  const parts: EnqueueParts = {
    clock,
    newId: randomUUID,
    store,
    tickets,
    settings: () => settings,
    isHoliday: () => false,
    recallElsewhere: () => undefined,
    recallAtDesks: () => undefined,
    pausedUntil: () => null,
  };
  return { parts, store, clock, tickets, path };
}

function aDraft(changes: Partial<InvitationDraft> = {}): InvitationDraft {
  return {
    token: randomUUID(),
    phone: aPhone(0),
    name: 'Marie Dupont',
    businessId: BUSINESS,
    staff: 'Léa',
    consented: false,
    message: null,
    force: null,
    replaces: null,
    ...changes,
  };
}

/** An SMS that this PC knows to have reached the number, `ageMs` ago. */
const sentBefore = (ageMs: number) =>
  aRow({
    progress: { state: 'accepted', at: NINE - ageMs, evidence: 'response', delivery: null },
    queuedAt: NINE - ageMs,
    attempts: 1,
    lastAttemptAt: NINE - ageMs,
    sentAt: NINE - ageMs,
  });

const SENT = NINE - 4 * DAY_MS;
const scope = { phone: aPhone(0), businessId: BUSINESS, shownAt: SENT };

describe('saving an invitation', () => {
  test('[row 2] writes it to disk before it replies', () => {
    const { parts, store, path } = setUp();
    const draft = aDraft({ consented: true });
    const enqueued = enqueue(parts, draft);
    expect(enqueued).toMatchObject({ kind: 'saved' });
    store.close();

    expect(open(path).listOpen()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        businessId: BUSINESS,
        phone: aPhone(0),
        name: 'Marie Dupont',
        content: null,
        staff: 'Léa',
        consentAt: NINE,
        consentBy: 'Léa',
        forceReason: null,
        queuedAt: NINE,
        replaces: null,
        mayHaveLeft: false,
        refusalStatus: null,
        progress: { state: 'held', at: NINE, notBefore: NINE + 11 * SECOND_MS, why: 'undo' },
      },
    ]);
  });

  test('makes it waiting at once without an undo time', () => {
    const { parts } = setUp({ undoSeconds: 0 });
    expect(enqueue(parts, aDraft())).toMatchObject({
      invitation: { progress: { state: 'waiting', at: NINE, dueAt: NINE }, consentAt: null },
    });
  });

  test.each([
    ['Bonjour {name}, ça va ? @link', 'Marie', 'Bonjour Marie, ca va ? @link'],
    ['Bonjour {name}, ça va ? @link', '', 'Bonjour, ca va ? @link'],
    ['Hello {name}: @link', 'x@link', 'Hello x link: @link'],
  ])('[row 81] keeps the text %j for %j as it is sent', (message, name, content) => {
    const { parts } = setUp();
    expect(enqueue(parts, aDraft({ message, name }))).toMatchObject({
      kind: 'saved',
      invitation: { content },
    });
  });

  test.each([
    ['Hello', 'no-link'],
    ['@link @link', 'two-links'],
    [`@link ${'x'.repeat(281)}`, 'too-long'],
  ] as const)('[row 82] refuses the text %j, and saves nothing', (message, problem) => {
    const { parts, store } = setUp();
    expect(enqueue(parts, aDraft({ message }))).toEqual({ kind: 'message', problem });
    expect(store.countOpen()).toBe(0);
  });

  test('[row 83] the same form twice saves one invitation, whatever its state', () => {
    const { parts, store } = setUp();
    const draft = aDraft();
    const first = enqueue(parts, draft);
    expect(enqueue(parts, draft)).toEqual(first);
    if (first.kind !== 'saved') throw new Error('not saved');
    store.recordDecision(
      first.invitation.id,
      'held',
      moveTo({ state: 'cancelled', at: NINE }, null),
    );
    expect(enqueue(parts, draft)).toMatchObject({
      invitation: { id: first.invitation.id, progress: { state: 'cancelled' } },
    });
    expect(store.countOpen()).toBe(0);
  });

  test('refuses a business that is not set up', () => {
    const { parts, store } = setUp();
    expect(enqueue(parts, aDraft({ businessId: 'elsewhere' }))).toEqual({
      kind: 'unknown-business',
    });
    expect(store.countOpen()).toBe(0);
  });
});

describe('checks the verdict again', () => {
  test('[row 84] a number that is already in the outbox is not saved twice', () => {
    const { parts, store } = setUp();
    enqueue(parts, aDraft({ name: 'Paul' }));
    expect(enqueue(parts, aDraft({ businessId: OTHER_BUSINESS }))).toMatchObject({
      kind: 'not-allowed',
      verdict: { ruling: { kind: 'open', name: 'Paul' }, otherName: 'Paul' },
    });
    expect(store.countOpen()).toBe(1);
  });

  test('refuses a number inside the resend window, with the end of it', () => {
    const { parts, store } = setUp();
    store.insertInvitation(sentBefore(4 * DAY_MS));
    expect(enqueue(parts, aDraft())).toMatchObject({
      kind: 'not-allowed',
      verdict: { ruling: { kind: 'closed', sentAt: SENT, opensAt: SENT + 10 * DAY_MS } },
    });
    expect(store.countOpen()).toBe(0);
  });

  test('only warns inside the house window', () => {
    const { parts, store } = setUp({ houseWindowDays: 90 });
    store.insertInvitation(sentBefore(20 * DAY_MS));
    expect(checkVerdict(parts, aDraft()).ruling.kind).toBe('house');
    expect(enqueue(parts, aDraft()).kind).toBe('saved');
  });

  test('holds nothing inside the sending hours', () => {
    const { parts } = setUp();
    expect(checkVerdict(parts, aDraft()).waitsUntil).toBeNull();
  });
});

describe('[row 90] saving a forced invitation', () => {
  function inWindow() {
    const world = setUp();
    world.store.insertInvitation(sentBefore(4 * DAY_MS));
    return world;
  }
  const forced = (ticket: string, changes: Partial<InvitationDraft> = {}) =>
    aDraft({ force: { ticket, reason: REASON }, ...changes });

  test('with a valid ticket keeps its reason and the send that was shown', () => {
    const { parts, store, tickets } = inWindow();
    const draft = forced(tickets.issue(scope));
    expect(enqueue(parts, draft)).toMatchObject({
      kind: 'saved',
      invitation: { forceReason: REASON },
    });
    expect(store.findByToken(draft.token)?.seenSentAt).toBe(SENT);
  });

  test('uses the ticket up', () => {
    const { parts, store, tickets } = inWindow();
    const ticket = tickets.issue(scope);
    const enqueued = enqueue(parts, forced(ticket));
    if (enqueued.kind !== 'saved') throw new Error('not saved');
    store.recordDecision(
      enqueued.invitation.id,
      'held',
      moveTo({ state: 'cancelled', at: NINE }, null),
    );
    expect(enqueue(parts, forced(ticket))).toEqual({ kind: 'ticket' });
  });

  test('pressed twice saves one invitation', () => {
    const { parts, store, tickets } = inWindow();
    const draft = forced(tickets.issue(scope));
    expect(enqueue(parts, draft)).toEqual(enqueue(parts, draft));
    expect(store.countOpen()).toBe(1);
  });

  test.each([
    ['was never issued', randomUUID(), {}],
    ['was issued for another number', undefined, { ...scope, phone: aPhone(9) }],
    ['was issued for another business', undefined, { ...scope, businessId: OTHER_BUSINESS }],
    ['was issued for an earlier send', undefined, { ...scope, shownAt: SENT - 1 }],
  ])('with a ticket that %s is refused', (_title, ticket, other) => {
    const { parts, store, tickets } = inWindow();
    const given = ticket ?? tickets.issue({ ...scope, ...other });
    expect(enqueue(parts, forced(given))).toEqual({ kind: 'ticket' });
    expect(store.countOpen()).toBe(0);
  });

  test('with an expired ticket is refused', async () => {
    const { parts, clock, tickets } = inWindow();
    const ticket = tickets.issue(scope);
    await clock.advance(2 * MINUTE_MS);
    expect(enqueue(parts, forced(ticket))).toEqual({ kind: 'ticket' });
  });

  test('saves without force when the resend window has ended since the verdict', () => {
    const { parts, clock, tickets } = inWindow();
    const ticket = tickets.issue(scope);
    clock.jump(6 * DAY_MS);
    expect(enqueue(parts, forced(ticket))).toMatchObject({
      kind: 'saved',
      invitation: { forceReason: null },
    });
    expect(tickets.isGood(ticket, scope)).toBe(false);
  });

  test('does not override the do-not-contact list', () => {
    const { parts, store, tickets } = inWindow();
    const ticket = tickets.issue(scope);
    store.addDoNotContact({ phone: aPhone(0), since: NINE, staff: null });
    expect(enqueue(parts, forced(ticket))).toMatchObject({
      kind: 'not-allowed',
      verdict: { ruling: { kind: 'do-not-contact' } },
    });
    expect(store.countOpen()).toBe(0);
  });

  test('is refused while another invitation to that number is open', () => {
    const { parts, store, tickets } = inWindow();
    enqueue(parts, forced(tickets.issue(scope)));
    expect(enqueue(parts, forced(tickets.issue(scope)))).toMatchObject({ kind: 'not-allowed' });
    expect(store.countOpen()).toBe(1);
  });
});

describe('correcting an invitation that has ended', () => {
  test('saves a new one that refers to it, and keeps the old one unchanged', () => {
    const { parts, store } = setUp();
    const old = sentBefore(4 * DAY_MS);
    store.insertInvitation({
      ...old,
      invitation: {
        ...old.invitation,
        progress: {
          state: 'accepted',
          at: SENT,
          evidence: 'response',
          delivery: 'failed_delivery',
        },
      },
    });
    const { id } = old.invitation;
    const enqueued = enqueue(parts, aDraft({ phone: aPhone(1), replaces: id }));
    expect(enqueued).toMatchObject({ kind: 'saved', ended: null, invitation: { replaces: id } });
    expect(store.readRow(id)?.invitation.progress.state).toBe('accepted');
    const same = enqueue(parts, aDraft({ replaces: id }));
    expect(same).toMatchObject({ kind: 'not-allowed', verdict: { ruling: { kind: 'closed' } } });
  });
});

describe('[row 132] the consent of a customer', () => {
  const agreed = (changes: Partial<InvitationDraft> = {}) =>
    aDraft({ consented: true, ...changes });
  const savedBy = (parts: EnqueueParts, draft: InvitationDraft) => {
    const enqueued = enqueue(parts, draft);
    if (enqueued.kind !== 'saved') throw new Error(`not saved: ${enqueued.kind}`);
    return enqueued.invitation;
  };

  test('is kept when a colleague corrects the invitation', async () => {
    const { parts, clock } = setUp();
    const first = savedBy(parts, agreed());
    await clock.advance(MINUTE_MS);
    const second = savedBy(parts, agreed({ staff: 'Paul', name: 'Marie', replaces: first.id }));
    expect(second).toMatchObject({ consentAt: NINE, consentBy: 'Léa', staff: 'Paul' });
    await clock.advance(MINUTE_MS);
    const third = savedBy(parts, agreed({ staff: null, replaces: second.id }));
    expect(third).toMatchObject({ consentAt: NINE, consentBy: 'Léa' });
  });

  test('is a new one for another number', async () => {
    const { parts, clock } = setUp();
    const { id } = savedBy(parts, agreed());
    await clock.advance(MINUTE_MS);
    const other = agreed({ phone: aPhone(1), staff: 'Paul', replaces: id });
    expect(savedBy(parts, other)).toMatchObject({
      consentAt: NINE + MINUTE_MS,
      consentBy: 'Paul',
    });
  });

  test('is removed when the checkbox was cleared', () => {
    const { parts } = setUp();
    const { id } = savedBy(parts, agreed());
    expect(savedBy(parts, aDraft({ replaces: id }))).toMatchObject({
      consentAt: null,
      consentBy: null,
    });
  });

  test('is also required by the main process, where the setting says so', () => {
    const { parts, store } = setUp({ requireConsent: true });
    expect(enqueue(parts, aDraft())).toEqual({ kind: 'consent' });
    expect(store.countInvitations()).toBe(0);
    const draft = agreed();
    expect(enqueue(parts, draft).kind).toBe('saved');
    // The second Enter of a form that was saved.
    expect(enqueue(parts, { ...draft, consented: false }).kind).toBe('saved');
  });
});
