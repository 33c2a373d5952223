import { MINUTE_MS } from '../../shared/time.ts';
import type { ClaimAnswer, ClaimRequest } from '../outbox/site-port.ts';
import type { AnswerOf } from '../site/answers.ts';
import type { SiteReply } from '../site/call-function.ts';
import type { Store } from '../store/store.ts';
import { placeOf } from './known-numbers.ts';
import { storableText } from './shared-rows.ts';
import type { SiteCalls } from './site-calls.ts';

/** How long this desk waits after it has used up its calls of this hour. */
const TOO_OFTEN_MS = MINUTE_MS;

export type ClaimParts = {
  readonly calls: Pick<SiteCalls, 'call' | 'readKeys'>;
  readonly store: Pick<Store, 'tryClaim' | 'keepClaim' | 'notClaimed'>;
};

/** Claims the right to send one SMS. A claim is on disk as possible before the request, so that it is settled later. */
export async function claimAtSite(
  { calls, store }: ClaimParts,
  request: ClaimRequest,
): Promise<ClaimAnswer> {
  const { invitationId: invitation, phone, businessId: business, forced, hasSearched } = request;
  const { now, queuedAt, staff } = request;
  // Without a keychain this desk has no place at the site database, and claims nothing.
  if ((await calls.readKeys()) === undefined) return { kind: 'no-answer' };
  const claim = store.tryClaim(invitation, now);
  const answer = await calls.call(
    async (database) =>
      orNotAccepted(
        await database.claim({
          invitation,
          claim,
          phone,
          business,
          now,
          queuedAt,
          forced: forced !== null,
          seen: forced?.seenSentAt ?? null,
          staff: staff === null ? null : storableText(staff),
          looked: hasSearched,
        }),
      ),
    'claim',
  );
  if (answer === undefined) return { kind: 'no-answer' };
  if (answer.is === 'granted') store.keepClaim(invitation, claim);
  else store.notClaimed(invitation, claim);
  return toClaimAnswer(answer);
}

/** A refused call has changed nothing, and the site database was reached: that is an answer. */
function orNotAccepted(reply: SiteReply<'claim'>): SiteReply<'claim'> {
  return reply.kind === 'no-answer' && reply.fault === 'refused-call'
    ? { kind: 'answer', answer: { is: 'not-accepted' } }
    : reply;
}

function toClaimAnswer(answer: AnswerOf<'claim'>): ClaimAnswer {
  switch (answer.is) {
    case 'granted':
      return { kind: 'granted' };
    case 'busy':
      return { kind: 'busy', place: placeOf(answer.where) };
    case 'window':
      return { kind: 'window', sentAt: answer.sentAt, place: placeOf(answer.where) };
    case 'refused':
      return { kind: 'do-not-contact', since: answer.since };
    case 'erased':
      return { kind: 'erased' };
    case 'taken':
      return { kind: 'taken-over', place: placeOf(answer.where) };
    case 'look':
      return { kind: 'search-first' };
    case 'turn':
      return { kind: 'rate-limited', waitMs: answer.waitMs };
    case 'clock':
      return { kind: 'clock-wrong' };
    case 'not-accepted':
      return { kind: 'not-accepted' };
    case 'too-often':
      return { kind: 'rate-limited', waitMs: TOO_OFTEN_MS };
    default:
      return answer satisfies never;
  }
}
