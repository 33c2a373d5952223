import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { CONTINUE, reportSharedWait, type FlushParts, type Step } from './flush-parts.ts';
import { isForced, moveTo, possibleSend } from './rules/build-decision.ts';
import { judgeClaim } from './rules/judge-claim.ts';
import { applyDecision } from './save-decision.ts';
import type { ClaimRequest, SitePort } from './site-port.ts';
import type { Row } from './store-port.ts';

/** How often a desk that waits for the site database asks again. */
const ASK_AGAIN_MS = 30 * SECOND_MS;
/** How long a desk waits at most before it claims again: an administrator may end the organisation's pause. */
const LONGEST_RETRY_MS = MINUTE_MS;

/**
 * Asks the site database whether the row may be sent now; a desk without one may always send. `search-first`: search
 * Partoo's own list, then ask again. Any other answer means that the row is not sent now.
 */
export async function claimAtSite(
  parts: FlushParts,
  row: Row,
  hasSearched: boolean,
): Promise<'send' | 'search-first' | Step> {
  const { site } = parts;
  if (site === undefined) return 'send';
  const status = site.status();
  switch (status) {
    case 'connected':
      return claim(parts, site, row, hasSearched);
    case 'apart':
      // Numbers with the same hint wait too: a refusal must hold also while the desks are apart.
      if (site.mayBeRefused(row.invitation.phone)) return postpone(parts, row, ASK_AGAIN_MS);
      return hasSearched ? 'send' : 'search-first';
    case 'apart-and-waiting':
      return postpone(parts, row, ASK_AGAIN_MS);
    default:
      return status satisfies never;
  }
}

async function claim(
  parts: FlushParts,
  site: SitePort,
  row: Row,
  hasSearched: boolean,
): Promise<'send' | 'search-first' | Step> {
  const answer = await site.claim(requestFor(row, hasSearched, parts.clock.now()));
  const { phone } = row.invitation;
  if (answer.kind === 'do-not-contact') site.onDoNotContact(phone, answer.since);
  const judgement = judgeClaim(answer, row, parts.clock.now());
  switch (judgement.kind) {
    case 'send':
      return 'send';
    case 'search-first':
      // The search has just been made, and still it is asked for: the site database is not ready yet.
      return hasSearched ? postpone(parts, row, ASK_AGAIN_MS) : 'search-first';
    case 'not-now':
      applyDecision(parts, row, judgement.decision);
      return CONTINUE;
    case 'retry':
      reportSharedWait(parts, judgement.afterMs);
      return { kind: 'retry', afterMs: Math.min(judgement.afterMs, LONGEST_RETRY_MS) };
    case 'clock-wrong':
      parts.onConnection({ kind: 'clock-wrong', aheadMs: null });
      return { kind: 'retry', afterMs: parts.failed('probe') };
    default:
      return judgement satisfies never;
  }
}

function requestFor(row: Row, hasSearched: boolean, now: number): ClaimRequest {
  const { id, phone, businessId, staff, queuedAt } = row.invitation;
  const forced = isForced(row) ? { seenSentAt: row.seenSentAt } : null;
  return { invitationId: id, phone, businessId, staff, queuedAt, now, forced, hasSearched };
}

function postpone(parts: FlushParts, row: Row, ms: number): Step {
  const now = parts.clock.now();
  const progress = { state: 'waiting', at: now, dueAt: now + ms } as const;
  applyDecision(parts, row, moveTo(progress, possibleSend(row)));
  return CONTINUE;
}
