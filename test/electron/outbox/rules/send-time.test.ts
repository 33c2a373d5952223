import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { rescheduleHeld, promiseAfterPause } from '../../../../electron/outbox/save-decision.ts';
import { createCorrectedClock } from '../../../../electron/outbox/corrected-clock.ts';
import { checkVerdict, enqueue, type EnqueueParts } from '../../../../electron/outbox/enqueue.ts';
import { checkBeforeSending } from '../../../../electron/outbox/rules/check-before-sending.ts';
import { createForceTickets } from '../../../../electron/outbox/force-tickets.ts';
import { openingAt } from '../../../../electron/outbox/rules/send-time.ts';
import type { InvitationDraft } from '../../../../shared/invitation-draft.ts';
import type { SendingHours } from '../../../../shared/sending-hours.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../shared/settings.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../../shared/time.ts';
import { createFakeClock } from '../../../support/clock.ts';
import { aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

const BUSINESS = '5409c35a97bbc544d8e26737';
const PHONE = aPhone(0);

const anyHours: fc.Arbitrary<SendingHours | null> = fc.option(
  fc.array(
    fc
      .record({
        days: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1, maxLength: 3 }),
        from: fc.nat({ max: 23 }),
        to: fc.nat({ max: 24 }),
      })
      .filter(({ from, to }) => from < to)
      .map(({ days, from, to }) => ({ days, from: hour(from), to: hour(to) })),
    { minLength: 1, maxLength: 2 },
  ),
);

function hour(at: number): string {
  return `${String(at).padStart(2, '0')}:00`;
}

/** Settings and actions that a person may change while an invitation waits, with the minute of the change. */
const anyChange = fc.record({
  afterMinutes: fc.nat({ max: 2 * 24 * 60 }),
  sendingHours: anyHours,
  holiday: fc.option(fc.integer({ min: 20, max: 30 })),
});

/** A pause that Partoo asks for, with its minute. */
const anyPause = fc.record({
  afterMinutes: fc.nat({ max: 25 }),
  pausedForMs: fc.integer({ min: 1, max: DAY_MS }),
});

const anyCase = fc.record({
  startAt: fc.nat({ max: (14 * DAY_MS) / SECOND_MS }).map((seconds) => NINE + seconds * SECOND_MS),
  sendingHours: anyHours,
  holiday: fc.option(fc.integer({ min: 20, max: 30 })),
  undoSeconds: fc.constantFrom(0, 10, 60),
  outboxExpiryDays: fc.integer({ min: 1, max: 5 }),
  isForced: fc.boolean(),
  pausedForMs: fc.option(fc.integer({ min: 1, max: DAY_MS })),
  changes: fc.array(anyChange, { maxLength: 3 }),
  pauses: fc.array(anyPause, { maxLength: 3 }),
});

test('[rows 126, 203] keeps the send time that form and outbox show, whatever a person or Partoo changes in between', async () => {
  const { TZ } = process.env;
  process.env.TZ = 'Europe/Paris';
  onTestFinished(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });
  await fc.assert(
    fc.asyncProperty(anyCase, async (example) => {
      const clock = createFakeClock(example.startAt);
      const correctedClock = createCorrectedClock({
        clock,
        highestSeenAt: undefined,
        keepHighest: () => {},
      });
      const store = open(newPath());
      let { sendingHours, holiday } = example;
      const settings: Omit<Settings, 'sendingHours'> = {
        ...DEFAULT_SETTINGS,
        businesses: [{ id: BUSINESS, name: 'Hotel' }],
        undoSeconds: example.undoSeconds,
        outboxExpiryDays: example.outboxExpiryDays,
      };
      const tickets = createForceTickets({ clock, newId: randomUUID });
      let pausedUntil = example.pausedForMs === null ? null : clock.now() + example.pausedForMs;
      const parts: EnqueueParts = {
        clock,
        newId: randomUUID,
        store,
        tickets,
        settings: () => ({ ...settings, sendingHours }),
        isHoliday: (date) => holiday !== null && date.endsWith(`-${holiday}`),
        recallElsewhere: () => undefined,
        recallAtDesks: () => undefined,
        pausedUntil: () => pausedUntil,
      };
      const draft: InvitationDraft = {
        token: randomUUID(),
        phone: PHONE,
        name: '',
        businessId: BUSINESS,
        staff: null,
        consented: false,
        message: null,
        force: example.isForced ? forceAfter(parts) : null,
        replaces: null,
      };
      const { waitsUntil } = checkVerdict(parts, draft);
      const enqueued = enqueue(parts, draft);
      if (enqueued.kind !== 'saved') throw new Error(`not saved: ${enqueued.kind}`);
      const { id } = enqueued.invitation;
      const heldUntil = (): EpochMs | undefined => {
        const progress = store.readRow(id)?.invitation.progress;
        return progress?.state === 'held' ? progress.notBefore : undefined;
      };

      /** What every wake of the courier does during a pause of Partoo. */
      const wake = (): void => {
        if (pausedUntil === null || pausedUntil <= clock.now()) return;
        promiseAfterPause({ ...parts, clock: correctedClock, onInvitation: () => {} }, pausedUntil);
      };
      /** The send time, as the outbox shows it. */
      const shown = (): EpochMs => Math.max(heldUntil() ?? clock.now(), pausedUntil ?? 0);

      wake();
      let promisedAt = waitsUntil ?? heldUntil() ?? clock.now();
      for (const change of example.changes) {
        // Settings no longer move an invitation that has ended or waits for its turn.
        const until = heldUntil();
        if (until === undefined || clock.now() + change.afterMinutes * MINUTE_MS >= until) break;
        await clock.advance(change.afterMinutes * MINUTE_MS);
        ({ sendingHours, holiday } = change);
        rescheduleHeld({ ...parts, clock: correctedClock, onInvitation: () => {} });
        wake();
        promisedAt = shown();
      }

      for (const { afterMinutes, pausedForMs } of example.pauses) {
        const at = Math.min(clock.now() + afterMinutes * MINUTE_MS, promisedAt);
        await clock.advance(Math.max(0, at - clock.now()));
        // Partoo is called for an SMS, while a person types, or from Settings.
        store.releaseHeld(clock.now());
        pausedUntil = Math.max(pausedUntil ?? 0, clock.now() + pausedForMs);
        wake();
        promisedAt = shown();
      }

      await clock.advance(Math.max(0, promisedAt - clock.now()));
      store.releaseHeld(clock.now());
      const row = store.peekNext({ now: clock.now(), pausedBusinessIds: [], exceptId: null });
      if (row === undefined) throw new Error('nothing is due at the promised time');
      const check = checkBeforeSending({
        row,
        now: clock.now(),
        lastSend: store.findLastSend(PHONE, id),
        doNotContactSince: undefined,
        opensAt: openingAt(clock.now(), parts),
        outboxExpiryDays: example.outboxExpiryDays,
      });
      store.close();
      expect(check).toEqual({ kind: 'send' });
    }),
    { numRuns: 60 },
  );
});

/** A permission to send again to a customer whom this desk invited a day ago. */
function forceAfter({
  clock,
  store,
  tickets,
}: EnqueueParts): NonNullable<InvitationDraft['force']> {
  const sentAt = clock.now() - DAY_MS;
  store.insertInvitation(
    aRow({
      phone: PHONE,
      progress: { state: 'accepted', at: sentAt, evidence: 'response', delivery: null },
      queuedAt: sentAt,
      attempts: 1,
      lastAttemptAt: sentAt,
      sentAt,
    }),
  );
  const ticket = tickets.issue({ phone: PHONE, businessId: BUSINESS, shownAt: sentAt });
  return { ticket, reason: 'The customer asked for it' };
}
