import { isFinal, nextDeliveryCheckAt } from './delivery.ts';
import { GO_ON, keepSilence, type FlushParts, type Step } from './flush-parts.ts';
import { closedGate } from './gate.ts';
import type { Answer, Delivery } from './partoo-port.ts';
import type { Undelivered } from './row.ts';

/**
 * Asks Partoo what became of one accepted SMS, if one is due and there is a turn for it: sends and searches come first.
 * `none` when nothing was to be asked.
 */
export async function watchDelivery(parts: FlushParts): Promise<Step | { readonly kind: 'none' }> {
  const due = parts.store.peekUndelivered(parts.clock.now());
  if (due === undefined) return { kind: 'none' };
  const turn = parts.tryTurn('poll', 1);
  if (turn !== 'go') return { kind: 'done', pollAfterMs: turn.waitMs };
  const answer = await parts.partoo.checkDelivery(due.partooId);
  if (!answer.ok && answer.trouble.kind === 'busy')
    return keepSilence(parts, answer.trouble.pauseMs);
  if (
    !answer.ok &&
    (answer.trouble.kind === 'unreachable' || answer.trouble.kind === 'key-refused')
  )
    return closedGate(parts, answer.trouble);
  keep(parts, due, answer);
  return GO_ON;
}

/** A question that Partoo refuses counts too, or it would be asked for ever. */
function keep(parts: FlushParts, due: Undelivered, answer: Answer<Delivery>): void {
  const delivery = answer.ok ? answer.value : null;
  const nextAt =
    delivery !== null && isFinal(delivery)
      ? null
      : nextDeliveryCheckAt({
          acceptedAt: due.acceptedAt,
          checksDone: due.checksDone + 1,
          now: parts.clock.now(),
        });
  const invitation = parts.store.recordDelivery(due.id, { delivery, nextAt });
  if (invitation !== undefined) parts.onInvitation(invitation);
}
