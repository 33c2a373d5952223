import * as fc from 'fast-check';
import type { Listed, WindowEvidence } from '../../../electron/outbox/rules/evidence.ts';
import type { Outcome } from '../../../shared/attempt.ts';
import type { KnownSend } from '../../../electron/outbox/partoo-port.ts';
import type { Row } from '../../../electron/outbox/store-port.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts';
import { aRow, NINE } from './row.ts';

export const REASON = 'The customer lost the message';

export const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({
    kind: fc.constant('not-sent' as const),
    cause: fc.constantFrom('no-key', 'keychain', 'dns', 'refused', 'timeout', 'reset', 'tls'),
  }),
  fc.record({ kind: fc.constant('accepted' as const), partooId: fc.uuid() }),
  fc.record({
    kind: fc.constant('refused' as const),
    status: fc.constantFrom(400, 402, 404, 405, 409, 410, 412, 413, 415, 422, 423),
    text: fc.string(),
  }),
  fc.record({
    kind: fc.constant('halt' as const),
    scope: fc.constantFrom('key', 'business'),
    text: fc.string(),
  }),
  fc.record({ kind: fc.constant('later' as const), pauseMs: fc.nat({ max: 15 * MINUTE_MS }) }),
  fc.record({
    kind: fc.constant('unclear' as const),
    cause: fc.constantFrom(
      'server-error',
      'redirect',
      'web-page',
      'unknown-shape',
      'unreadable',
      'died',
    ),
    notBeforeMs: fc.nat({ max: 15 * MINUTE_MS }),
  }),
);

/** An instant within a month around the morning of the tests. */
const anyInstant = fc.integer({ min: NINE - 20 * DAY_MS, max: NINE + 10 * DAY_MS });

const anySend: fc.Arbitrary<KnownSend> = fc.record({
  id: fc.uuid(),
  sentAt: fc.option(anyInstant, { freq: 9 }),
  by: fc.constant('Practice Desk'),
});

function anyListed(): fc.Arbitrary<Listed> {
  return fc
    .array(fc.record({ send: anySend, claimed: fc.boolean() }), { maxLength: 4 })
    .map((found) => {
      const at = ({ send }: (typeof found)[number]) => send.sentAt ?? Number.MAX_SAFE_INTEGER;
      const newestFirst = found.toSorted((one, other) => at(other) - at(one));
      return {
        sends: newestFirst.map(({ send }) => send),
        unclaimed: newestFirst.filter(({ claimed }) => !claimed).map(({ send }) => send),
      };
    });
}

export const anyEvidence: fc.Arbitrary<WindowEvidence> = fc.oneof(
  fc.constant<WindowEvidence>({ kind: 'not-asked' }),
  fc.constant<WindowEvidence>({ kind: 'no-answer' }),
  fc
    .tuple(fc.constantFrom('sends', 'some-sends'), anyListed(), anyListed())
    .map(([kind, { sends, unclaimed }, elsewhere]): WindowEvidence => {
      const another = (send: KnownSend) => ({ ...send, businessId: 'another' });
      return {
        kind,
        sends,
        unclaimed,
        elsewhere: {
          sends: elsewhere.sends.map(another),
          unclaimed: elsewhere.unclaimed.map(another),
        },
      };
    }),
);

/** A row whose latest attempt has just ended, in any state that a database can hold. */
export const anyAttemptedRow: fc.Arbitrary<Row> = fc
  .record({
    forced: fc.boolean(),
    clear: fc.integer({ min: 0, max: 4 }),
    unclear: fc.integer({ min: 0, max: 4 }),
    firstAt: anyInstant,
    tookMs: fc.nat({ max: 2 * DAY_MS }),
  })
  .map(({ forced, clear, unclear, firstAt, tookMs }) => {
    const lastAttemptAt = firstAt + tookMs;
    return aRow({
      forceReason: forced ? REASON : null,
      seenSentAt: forced ? firstAt - DAY_MS : null,
      queuedAt: firstAt,
      progress: { state: 'sending', at: lastAttemptAt },
      attempts: 1 + clear + unclear,
      unclearAttempts: unclear,
      unclearSince: unclear === 0 ? null : firstAt,
      lastAttemptAt,
      sentAt: lastAttemptAt,
    });
  });

export const anyChance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
