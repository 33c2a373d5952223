import { randomUUID } from 'node:crypto';
import type { Outcome } from '../../../shared/attempt.ts';
import type { Row } from '../../../electron/outbox/store-port.ts';
import type { Decision, ProgressOf } from '../../../electron/outbox/rules/transitions.ts';
import type { Invitation, State } from '../../../shared/invitation.ts';
import { type E164, e164Schema } from '../../../shared/phone/e164.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';

/** Monday 23 November 2026, 09:00 UTC. */
export const NINE = Date.UTC(2026, 10, 23, 9);

/** A number of the range that France reserves for fiction: +33639980000 to 99. */
export function aPhone(last: number): E164 {
  return e164Schema.parse(`+336399800${String(last).padStart(2, '0')}`);
}

export const waiting = (dueAt = NINE): ProgressOf<'waiting'> => ({
  state: 'waiting',
  at: NINE,
  dueAt,
});
export const held = (notBefore = NINE + 10 * SECOND_MS): ProgressOf<'held'> => ({
  state: 'held',
  at: NINE,
  notBefore,
  why: 'undo',
});

type Changes = Partial<Omit<Row, 'invitation'>> & Partial<Invitation>;

/** A row as the form makes it, with some changes. */
export function aRow(changes: Changes = {}): Row {
  const {
    token,
    attempts,
    unclearAttempts,
    unclearSince,
    lastAttemptAt,
    promisedAt,
    seenSentAt,
    seenBusinessId,
    sentAt,
    onlyByPerson,
    ...rest
  } = changes;
  return {
    invitation: {
      id: randomUUID(),
      businessId: '5409c35a97bbc544d8e26737',
      phone: aPhone(0),
      name: 'Marie Dupont',
      content: null,
      staff: null,
      consentAt: null,
      consentBy: null,
      forceReason: null,
      queuedAt: NINE,
      replaces: null,
      mayHaveLeft: (unclearAttempts ?? 0) > 0,
      refusalStatus: null,
      progress: waiting(),
      ...rest,
    },
    token: token ?? randomUUID(),
    attempts: attempts ?? 0,
    unclearAttempts: unclearAttempts ?? 0,
    unclearSince: unclearSince ?? null,
    lastAttemptAt: lastAttemptAt ?? null,
    promisedAt: promisedAt ?? rest.queuedAt ?? NINE,
    seenSentAt: seenSentAt ?? null,
    seenBusinessId: seenBusinessId ?? null,
    sentAt: sentAt ?? null,
    onlyByPerson: onlyByPerson ?? false,
  };
}

/** A row in each state, with all its data. */
export const A_PROGRESS: { readonly [S in State]: ProgressOf<S> } = {
  held: held(),
  waiting: waiting(),
  sending: { state: 'sending', at: NINE },
  unconfirmed: { state: 'unconfirmed', at: NINE, dueAt: NINE + MINUTE_MS },
  needs_decision: { state: 'needs_decision', at: NINE, why: 'unproved' },
  accepted: { state: 'accepted', at: NINE, evidence: 'search', delivery: 'delivered' },
  refused: { state: 'refused', at: NINE, why: 'invalid', text: 'Invalid phone number' },
  maybe_sent: { state: 'maybe_sent', at: NINE },
  cancelled: { state: 'cancelled', at: NINE },
  expired: { state: 'expired', at: NINE },
};

/** Whether a row in this state must say since when the resend window counts. */
export function mayHaveReached(state: State): boolean {
  return ['sending', 'unconfirmed', 'accepted', 'maybe_sent'].includes(state);
}

/** A step to this progress, with everything that the store demands of it. */
export function aDecision<To extends Decision['progress']>(
  progress: To,
  partooId: string | null = null,
): Decision<To> {
  const sentAt = mayHaveReached(progress.state) ? NINE : null;
  return { progress, sentAt, partooId, deliveryDueAt: null };
}

export const UNCLEAR: Outcome = { kind: 'unclear', cause: 'timeout', notBeforeMs: 0 };
export const NOT_SENT: Outcome = { kind: 'not-sent', cause: 'dns' };
