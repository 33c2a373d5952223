import { HOUR_MS, SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { isFinal, nextDeliveryCheckAt } from './rules/delivery-schedule.ts';
import { CONTINUE, pauseFor, type FlushParts, type Step } from './flush-parts.ts';
import type { NotSentCause, UnclearCause } from '../../shared/attempt.ts';
import type { PartooAnswer, Delivery, ApiError } from './partoo-port.ts';
import type { Undelivered } from './store-port.ts';

const SHORTEST_POSTPONEMENT_MS = 30 * SECOND_MS;
const LONGEST_POSTPONEMENT_MS = HOUR_MS;

/**
 * Polls Partoo for the delivery of one accepted SMS, if one is due and the rate limiter allows it: sends and searches
 * come first. `none` when no poll is due. Reports only a pause that Partoo asks for: any other failure concerns this
 * SMS alone and must not delay the poll of another.
 */
export async function pollDelivery(parts: FlushParts): Promise<Step | { readonly kind: 'none' }> {
  const due = parts.store.peekUndelivered(parts.clock.now());
  if (due === undefined) return { kind: 'none' };
  const turn = await parts.tryTurn('poll', 1);
  if (turn !== 'go') return { kind: 'done', pollAfterMs: turn.waitMs };
  const answer = await parts.partoo.checkDelivery(due.partooId);
  if (answer.ok || isAnswered(answer.trouble)) {
    parts.succeeded('poll');
    keep(parts, due, answer);
    return CONTINUE;
  }
  const now = parts.clock.now();
  parts.store.postponeDelivery(due.id, postponedUntil(due, now));
  return answer.trouble.kind === 'busy'
    ? pauseFor(parts, 'poll', answer.trouble.pauseMs)
    : { kind: 'done', pollAfterMs: parts.failed('poll') };
}

/** Whether Partoo answered, even without a result: this counts as a poll, or the SMS would be polled for ever. */
function isAnswered(trouble: ApiError): boolean {
  switch (trouble.kind) {
    case 'no-access':
    case 'refused':
      return true;
    case 'busy':
    case 'key-refused':
      return false;
    case 'unreachable':
      return isFromPartoo(trouble.cause);
    default:
      return trouble satisfies never;
  }
}

/** Whether Partoo itself gave this answer; a web page or a redirect comes from the network in between. */
function isFromPartoo(cause: NotSentCause | UnclearCause): boolean {
  switch (cause) {
    case 'server-error':
    case 'odd-status':
    case 'unknown-shape':
    case 'unreadable':
      return true;
    case 'web-page':
    case 'redirect':
    case 'no-key':
    case 'keychain':
    case 'dns':
    case 'refused':
    case 'unreachable':
    case 'timeout':
    case 'reset':
    case 'tls':
    case 'proxy':
    case 'proxy-auth':
    case 'local':
    case 'died':
    case 'gap':
      return false;
    default:
      return cause satisfies never;
  }
}

function keep(parts: FlushParts, due: Undelivered, answer: PartooAnswer<Delivery>): void {
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

/** Polls an SMS without an answer again when it is twice as old, at least once an hour. */
function postponedUntil({ acceptedAt }: Undelivered, now: EpochMs): EpochMs {
  const ageMs = Math.max(now - acceptedAt, SHORTEST_POSTPONEMENT_MS);
  return now + Math.min(ageMs, LONGEST_POSTPONEMENT_MS);
}
