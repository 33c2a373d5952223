import * as z from 'zod/mini';
import { e164Schema, type E164 } from '../../../shared/phone/e164.ts';
import { instantSchema } from '../../../shared/invitation.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { PastSend } from '../../outbox/store-port.ts';
import type { StatementCache } from '../statement-cache.ts';

const PROOFS = ['here', 'elsewhere', 'none'] as const;

export const LAST_SEND_SQL = {
  all: 'SELECT phone, sent_at, proof FROM last_send',
  find: 'SELECT phone, sent_at, proof FROM last_send WHERE phone = :phone',
  keep: `
    INSERT INTO last_send (phone, sent_at, proof) VALUES (:phone, :sent_at, :proof)
    ON CONFLICT (phone) DO UPDATE SET sent_at = excluded.sent_at, proof = excluded.proof
    WHERE excluded.sent_at > last_send.sent_at`,
  newestUntil: 'SELECT max(sent_at) FROM last_send WHERE sent_at <= :until',
  dropUntil: 'DELETE FROM last_send WHERE sent_at <= :until',
  readKnownSince: 'SELECT known_since FROM meta',
  raiseKnownSince: 'UPDATE meta SET known_since = max(coalesce(known_since, :at), :at)',
} as const;

/** A row of the table. */
export const lastSendRowSchema = z.object({
  phone: e164Schema,
  sent_at: instantSchema,
  proof: z.enum(PROOFS),
});

const instantOrNull = z.nullable(instantSchema);

export type LastSends = {
  /** The last send to a number whose invitation was purged; it has no name and no sender. */
  readonly find: (phone: E164) => PastSend | undefined;
  /** Removes sends at an instant or before. */
  readonly dropUntil: (until: EpochMs) => void;
  /** Records that sends before an instant are no longer known. */
  readonly forgetBefore: (at: EpochMs) => void;
  /** Since when every send is known; undefined while nothing was forgotten. */
  readonly readKnownSince: () => EpochMs | undefined;
};

/** Creates the record of purged invitations' last sends, which the house window still needs. */
export function createLastSends(statement: StatementCache): LastSends {
  const forgetBefore = (at: EpochMs): void => {
    if (at > 0) statement(LAST_SEND_SQL.raiseKnownSince).run({ at });
  };
  return {
    find: (phone) => {
      const found = statement(LAST_SEND_SQL.find).get({ phone });
      if (found === undefined) return undefined;
      const { sent_at: sentAt, proof } = lastSendRowSchema.parse(found);
      const from = proof === 'elsewhere' ? 'elsewhere' : 'here';
      return {
        sentAt,
        businessId: null,
        name: '',
        staff: null,
        from,
        place: null,
        proved: proof !== 'none',
      };
    },
    dropUntil: (until) => {
      const newest = statement(LAST_SEND_SQL.newestUntil).pluck().get({ until });
      const newestAt = instantOrNull.parse(newest);
      if (newestAt === null) return;
      statement(LAST_SEND_SQL.dropUntil).run({ until });
      forgetBefore(newestAt + 1);
    },
    forgetBefore,
    readKnownSince: () =>
      instantOrNull.parse(statement(LAST_SEND_SQL.readKnownSince).pluck().get()) ?? undefined,
  };
}
