import { OPEN_STATES } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import { mayHaveLeft, possibleSend } from '../outbox/rules/build-decision.ts';
import type { Row } from '../outbox/store-port.ts';
import type { PushedOpen, PushedSend } from '../site/site-database.ts';

const ID_MAX = 64;

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
    return { sentAt: row.sentAt, proved: true, partooId: storableId(partooId) };
  const mayBeSent = mayHaveLeft(row) || state === 'sending' || state === 'maybe_sent';
  const sentAt = possibleSend(row) ?? row.sentAt ?? row.lastAttemptAt;
  return mayBeSent && sentAt !== null ? { sentAt, proved: false, partooId: null } : undefined;
}

/** Partoo's id, unless the site database has no room for it. */
export function storableId(partooId: string | null): string | null {
  const isStorable = partooId !== null && partooId.length <= ID_MAX && !partooId.includes('\0');
  return isStorable ? partooId : null;
}

/** The row's SMS for the site database; undefined when it was never sent. */
export function pushedSend(row: Row, partooId: string | null): PushedSend | undefined {
  const send = ownSend(row, partooId);
  if (send === undefined) return undefined;
  const { id, phone, businessId: business, queuedAt } = row.invitation;
  const staff = row.invitation.staff === null ? null : storableText(row.invitation.staff);
  return { id, phone, business, queuedAt, staff, ...send };
}

/** Removes what PostgreSQL refuses in a text, a zero byte and half a character: one such name would keep back all that is pushed with it. */
export function storableText(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString();
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
