import * as z from 'zod/mini';
import { instantSchema } from '../../../shared/invitation.ts';
import type { OutboxStore } from '../../outbox/store-port.ts';
import type { RowReader } from '../rows/row-mapping.ts';
import type { StatementCache } from '../statement-cache.ts';

export const DELIVERY_SQL = {
  due: `
    SELECT id, partoo_id, state_at, delivery_checks FROM invitation
    WHERE delivery_due_at IS NOT NULL AND delivery_due_at <= :now
    ORDER BY delivery_due_at LIMIT 1`,
  record: `
    UPDATE invitation
    SET delivery = coalesce(:delivery, delivery), delivery_due_at = :nextAt, delivery_checks = delivery_checks + 1
    WHERE id = :id AND state = 'accepted' RETURNING *`,
  postpone: `
    UPDATE invitation SET delivery_due_at = :nextAt
    WHERE id = :id AND delivery_due_at IS NOT NULL`,
  next: `
    SELECT delivery_due_at FROM invitation
    WHERE delivery_due_at IS NOT NULL ORDER BY delivery_due_at LIMIT 1`,
} as const;

type DeliveryVerbs = Pick<
  OutboxStore,
  'peekUndelivered' | 'recordDelivery' | 'postponeDelivery' | 'nextDeliveryAt'
>;

/** Creates the reads and writes of delivery states. */
export function createDeliveries(statement: StatementCache, rows: RowReader): DeliveryVerbs {
  return {
    peekUndelivered: (now) => {
      const found = undeliveredSchema.parse(statement(DELIVERY_SQL.due).get({ now }));
      if (found === undefined) return undefined;
      const { id, partoo_id, state_at, delivery_checks } = found;
      return { id, partooId: partoo_id, acceptedAt: state_at, checksDone: delivery_checks };
    },
    recordDelivery: (id, news) =>
      rows.read(statement(DELIVERY_SQL.record).get({ id, ...news }))?.invitation,
    postponeDelivery: (id, nextAt) => {
      statement(DELIVERY_SQL.postpone).run({ id, nextAt });
    },
    nextDeliveryAt: () => dueSchema.parse(statement(DELIVERY_SQL.next).pluck().get()),
  };
}

const undeliveredSchema = z.optional(
  z.object({
    id: z.string(),
    partoo_id: z.string(),
    state_at: instantSchema,
    delivery_checks: z.int(),
  }),
);

const dueSchema = z.optional(instantSchema);
