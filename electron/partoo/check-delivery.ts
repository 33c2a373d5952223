import * as z from 'zod/mini';
import type { PartooAnswer, Delivery } from '../outbox/partoo-port.ts';
import { mapAnswer, parseAnswer } from './parse-answer.ts';
import type { SendPartooRequest } from './request.ts';

/** The state may be null before the SMS is created; "no state" is an answer too. */
const schema = z.object({ status: z.nullable(z.string()) });

const DELIVERIES: ReadonlyMap<string, Delivery> = new Map([
  ['CREATED', 'created'],
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['FAILED_SEND', 'failed_send'],
  ['FAILED_DELIVERY', 'failed_delivery'],
]);

/** Polls the delivery state of an accepted invitation; `unknown` for a word that Partoo did not use in 2026. */
export const checkDelivery = async (
  perform: SendPartooRequest,
  partooId: string,
): Promise<PartooAnswer<Delivery>> => {
  const attempt = await perform({
    method: 'GET',
    path: '/review_booster/invitation_status',
    query: { invitation_id: partooId },
  });
  return mapAnswer(
    parseAnswer(attempt, schema),
    ({ status }) => DELIVERIES.get(status?.toUpperCase() ?? '') ?? 'unknown',
  );
};
