import * as z from 'zod/mini';
import { instantSchema } from '../../../shared/invitation.ts';
import type { E164 } from '../../../shared/phone/e164.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { OutboxStore } from '../../outbox/store-port.ts';
import type { StatementCache } from '../statement-cache.ts';

export const DO_NOT_CONTACT_SQL = {
  find: 'SELECT since FROM do_not_contact WHERE phone = :phone',
  add: `
    INSERT INTO do_not_contact (phone, since, staff) VALUES (:phone, :since, :staff)
    ON CONFLICT (phone) DO NOTHING`,
  undoAdd: 'DELETE FROM do_not_contact WHERE phone = :phone AND since = :since',
} as const;

export type DoNotContactVerbs = Pick<OutboxStore, 'findDoNotContact'> & {
  /** Adds this number to the do-not-contact list. An earlier entry stays. */
  readonly addDoNotContact: (entry: {
    readonly phone: E164;
    readonly since: EpochMs;
    /** Who took the request, if known. */
    readonly staff: string | null;
  }) => void;
  /** Withdraws the entry made at `since`; an older one stays. */
  readonly undoAddDoNotContact: (entry: { readonly phone: E164; readonly since: EpochMs }) => void;
};

/** Creates the reads and writes of the do-not-contact list. */
export function createDoNotContact(statement: StatementCache): DoNotContactVerbs {
  return {
    findDoNotContact: (phone) =>
      sinceSchema.parse(statement(DO_NOT_CONTACT_SQL.find).pluck().get({ phone })),
    addDoNotContact: (entry) => {
      statement(DO_NOT_CONTACT_SQL.add).run(entry);
    },
    undoAddDoNotContact: (entry) => {
      statement(DO_NOT_CONTACT_SQL.undoAdd).run(entry);
    },
  };
}

const sinceSchema = z.optional(instantSchema);
