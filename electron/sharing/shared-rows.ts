import { OPEN_STATES } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import { mayHaveLeft, possibleSend } from '../outbox/rules/build-decision.ts';
import type { Row } from '../outbox/store-port.ts';
import type { PushedOpen, PushedSend } from '../site/site-database.ts';

/** The SMS of a row, as the other desks have to know it. */
export type OwnSend = {
  readonly sentAt: EpochMs;
  readonly proved: boolean;
  readonly partooId: string | null;
};

/**
 * The SMS that this row has sent or may have sent; undefined when it was never sent. The time of another desk's SMS, which a row
 * can have too, does not count.
 */
export function ownSend(row: Row, partooId: string | null): OwnSend | undefined {
  const { state } = row.invitation.progress;
  if (state === 'accepted' && row.sentAt !== null)
    return { sentAt: row.sentAt, proved: true, partooId };
  const mayBeSent = mayHaveLeft(row) || state === 'sending' || state === 'maybe_sent';
  const sentAt = possibleSend(row) ?? row.sentAt ?? row.lastAttemptAt;
  return mayBeSent && sentAt !== null ? { sentAt, proved: false, partooId: null } : undefined;
}

/** The row's SMS for the site database; undefined when it was never sent. */
export function pushedSend(row: Row, partooId: string | null): PushedSend | undefined {
  const send = ownSend(row, partooId);
  if (send === undefined) return undefined;
  const { id, phone, businessId: business, queuedAt, staff } = row.invitation;
  return { id, phone, business, queuedAt, staff, ...send };
}

/** The row for the site database while it is open; undefined when it has ended. */
export function pushedOpen(row: Row): PushedOpen | undefined {
  const { invitation, attempts } = row;
  const { id, phone, name, businessId, content, consentAt, consentBy, queuedAt } = invitation;
  const state = OPEN_STATES.find((open) => open === invitation.progress.state);
  if (state === undefined) return undefined;
  return {
    id,
    phone,
    sealed: { phone, name, businessId, content, consentAt, consentBy },
    queuedAt,
    state,
    forced: invitation.forceReason !== null,
    tried: attempts > 0 || row.onlyByPerson,
  };
}
