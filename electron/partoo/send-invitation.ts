import type { Outcome } from '../outbox/outcome.ts';
import type { SendRequest } from '../outbox/partoo-port.ts';
import { classifySend } from './classify-send.ts';
import type { PartooRequest, SendPartooRequest } from './request.ts';

/**
 * Asks Partoo to send one SMS, once. Whatever happens is told as what is known of it.
 * https://developers.partoo.co/api-reference/review-booster/send-a-review-invitation
 */
export const sendInvitation = async (
  perform: SendPartooRequest,
  request: SendRequest,
): Promise<Outcome> => classifySend(await perform(sendCall(request)));

/** `template_id` is deprecated and never sent. `force` is the string that Partoo wants, always present. */
const sendCall = (request: SendRequest): PartooRequest => ({
  method: 'POST',
  path: '/review_booster/send_invitation',
  body: {
    business_id: request.businessId,
    target_phone: request.phone,
    ...(request.name === '' ? {} : { target_name: request.name }),
    ...(request.content === null ? {} : { invite_content: request.content }),
    force: request.force,
  },
});
