import type { Outcome } from '../../shared/attempt.ts';
import type { SendRequest } from '../outbox/partoo-port.ts';
import { classifySend } from './classify-send.ts';
import type { PartooRequest, SendPartooRequest } from './request.ts';

/**
 * Sends one SMS request to Partoo, once, and returns what is known about it.
 * https://developers.partoo.co/api-reference/review-booster/send-a-review-invitation
 */
export const sendInvitation = async (
  perform: SendPartooRequest,
  request: SendRequest,
  mayStart?: () => boolean,
): Promise<Outcome> => classifySend(await perform({ ...sendCall(request), mayStart }));

/** `template_id` is deprecated and never sent. `force` is a string, as Partoo requires, and always present. */
const sendCall = (request: SendRequest): Extract<PartooRequest, { method: 'POST' }> => ({
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
