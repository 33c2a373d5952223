import { LONGEST_RETRY_MS } from './rules/backoff.ts';
import { claimAtSite } from './claim-at-site.ts';
import { searchAround, withoutSmsOfOthers } from './search-partoo.ts';
import { finishAttempt, applyDecision } from './save-decision.ts';
import { unreachable } from './rules/connection-state.ts';
import { explains, type WindowEvidence } from './rules/evidence.ts';
import { isForced, moveTo, possibleSend } from './rules/build-decision.ts';
import { needsEvidence } from './rules/decide-after-attempt.ts';
import { isTimeStillValid, mayBeAhead } from './corrected-clock.ts';
import { checkBeforeSending } from './rules/check-before-sending.ts';
import { CONTINUE, pauseFor, type FlushParts, type Step } from './flush-parts.ts';
import { onProbeFailed, connectedState } from './probe.ts';
import { beginClaimValidity } from './claim-validity.ts';
import { openingAt } from './rules/send-time.ts';
import { judgeSearch, mustSearchFirst } from './rules/search-before-sending.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Outcome } from '../../shared/attempt.ts';
import type { SendRequest, ApiError } from './partoo-port.ts';
import type { OutboxStore, Row } from './store-port.ts';
import type { Decision, Next } from './rules/transitions.ts';

const NO_ANSWER = { kind: 'no-answer' } as const;

/** Ends the flush to probe again at once: the clock may have been set since the last probe. */
export const ANOTHER_TIME = { kind: 'retry', afterMs: 0 } as const;

/**
 * Sends the oldest due invitation, one request in flight; `none` when nothing is due. `jumps`: number of clock jumps
 * at the probe. A further jump ends the flush before anything is sent or judged by the new time.
 */
export async function sendNext(
  parts: FlushParts,
  jumps: number,
): Promise<Step | { readonly kind: 'none' }> {
  if (!isTimeStillValid(parts.clock, jumps)) return ANOTHER_TIME;
  const next = peek(parts);
  if (next === undefined) return { kind: 'none' };
  const { id } = next.invitation;
  const permission = await askPermission(parts, next, jumps);
  if (permission.kind !== 'send') return permission;
  const obstacle = afterPermission(parts, jumps);
  if (obstacle !== undefined) {
    parts.site?.settleSoon();
    return obstacle;
  }
  const row = claimDue(parts, id);
  const step = row === undefined ? CONTINUE : await sendOne(parts, row, jumps, permission.mayStart);
  // Tells the site database what became of its claim, also of one that is not used.
  parts.site?.settleSoon();
  return step;
}

/** `mayStart`: whether the claim is still valid; undefined at a desk that shares nothing, which needs no claim. */
type Permission = { readonly kind: 'send'; readonly mayStart: (() => boolean) | undefined };

/**
 * Searches Partoo's list where that is needed, waits for the rate limiter, and claims the SMS at the site database if
 * there is one. `send`: the row may be sent if it is still the next one.
 */
async function askPermission(
  parts: FlushParts,
  row: Row,
  jumps: number,
): Promise<Permission | Step> {
  const { id } = row.invitation;
  let hasSearched = false;
  let mustSearch = mustSearchFirst(row, parts.store.readGap(), parts.clock.now());
  for (;;) {
    if (mustSearch && mayStillLeave(parts, row)) {
      const searched = await searchFirst(parts, row);
      if (searched !== 'send') return searched;
      hasSearched = true;
    }
    if ((await parts.takeTurn('send', 1)) === 'stopped') return { kind: 'done' };
    if (!isTimeStillValid(parts.clock, jumps)) return ANOTHER_TIME;
    if (parts.site === undefined) return { kind: 'send', mayStart: undefined };
    // The search may have moved the row on.
    const now = peek(parts);
    if (now?.invitation.id !== id || !mayStillLeave(parts, now)) return CONTINUE;
    // From before the call: the PC may sleep until its answer is read.
    const mayStart = beginClaimValidity(parts.clock);
    const permission = await claimAtSite(parts, now, hasSearched);
    if (permission === 'send') return { kind: 'send', mayStart };
    if (permission !== 'search-first') return permission;
    mustSearch = true;
  }
}

/** What may have happened while the site database was asked: a pause, the end of Deskbell, a clock jump. */
function afterPermission(parts: FlushParts, jumps: number): Step | undefined {
  if (parts.isStopped()) return { kind: 'done' };
  return isTimeStillValid(parts.clock, jumps) ? undefined : ANOTHER_TIME;
}

/** The oldest due row whose business is not paused and that nobody is correcting. */
export function peek({ store, clock, pausedBusinesses, correctedId }: FlushParts): Row | undefined {
  const pausedBusinessIds = pausedBusinesses().map(({ businessId }) => businessId);
  return store.peekNext({ now: clock.now(), pausedBusinessIds, exceptId: correctedId() });
}

/**
 * Searches Partoo's list before sending the row. Without an answer the row is not sent and is tried again later. The
 * probe has just passed, so only this search is in trouble: rows that need no search are still sent.
 */
async function searchFirst(parts: FlushParts, row: Row): Promise<'send' | Step> {
  const isEnough = (evidence: WindowEvidence) =>
    judgeSearch(row, evidence, parts.clock.now()).kind === 'not-now';
  const asked = await searchAround(parts, row, isEnough);
  if (asked.kind === 'stopped') return { kind: 'done' };
  if (asked.kind === 'no-answer' && asked.pauseMs !== undefined)
    return pauseFor(parts, 'search', asked.pauseMs);
  // The evidence about a forced row is what its person has not seen, not a proof.
  const evidence = isForced(row)
    ? asked.evidence
    : await withoutSmsOfOthers(parts, row, asked.evidence);
  const now = parts.clock.now();
  const judgement = judgeSearch(row, evidence, now);
  if (asked.kind === 'answered') parts.succeeded('search');
  switch (judgement.kind) {
    case 'send':
      return 'send';
    case 'not-now':
      applyDecision(parts, row, judgement.decision);
      return CONTINUE;
    case 'no-answer': {
      const isOfBusiness = asked.kind === 'no-answer' && isAboutBusiness(asked.trouble);
      const rows = isOfBusiness ? [row] : dueForSearch(parts, row, now);
      waitUntil(parts, rows, now + parts.failed('search'));
      return asked.kind === 'no-answer' && isAboutKey(asked.trouble)
        ? onProbeFailed(parts, asked.trouble)
        : CONTINUE;
    }
    default:
      return judgement satisfies never;
  }
}

function isAboutBusiness({ kind }: ApiError): boolean {
  return kind === 'refused' || kind === 'no-access';
}

function isAboutKey(trouble: ApiError): boolean {
  return (
    trouble.kind === 'key-refused' || (trouble.kind === 'unreachable' && trouble.cause === 'no-key')
  );
}

/** This row and the other due rows that need a search: the search that just failed would fail for them too. */
function dueForSearch({ store, site }: FlushParts, row: Row, now: EpochMs): readonly Row[] {
  const gap = store.readGap();
  const isApart = site?.status() === 'apart';
  return store.listRows('waiting').filter((other) => {
    const { id, progress } = other.invitation;
    const isDue = progress.state === 'waiting' && progress.dueAt <= now;
    const isLike = isApart || id === row.invitation.id || mustSearchFirst(other, gap, now);
    return isDue && isLike;
  });
}

/** Moves `waiting` rows to a later time in one transaction. */
function waitUntil(parts: FlushParts, rows: readonly Row[], dueAt: EpochMs): void {
  const at = parts.clock.now();
  const moves = rows.map((row) => ({
    id: row.invitation.id,
    from: 'waiting' as const,
    decision: moveTo({ state: 'waiting', at, dueAt }, possibleSend(row)),
  }));
  for (const invitation of parts.store.recordDecisions(moves)) parts.onInvitation(invitation);
}

/**
 * Checks the row again and claims it without a pause in between, so that the check still holds. Undefined when the
 * row is no longer the next one or may not be sent now.
 */
function claimDue(parts: FlushParts, id: string): Row | undefined {
  const { store, clock } = parts;
  const row = peek(parts);
  if (row === undefined || row.invitation.id !== id) return undefined;
  if (!mayStillLeave(parts, row)) return undefined;
  const claimed = store.claim(id, clock.now());
  if (claimed !== undefined) parts.onInvitation(claimed.invitation);
  return claimed;
}

/** Checks again whether the row may be sent; if not, moves it to its new state. */
function mayStillLeave(parts: FlushParts, row: Row): boolean {
  const { store, clock } = parts;
  const { id, phone } = row.invitation;
  const now = clock.now();
  const check = checkBeforeSending({
    row,
    now,
    lastSend: store.findLastSend(phone, id),
    doNotContactSince: store.findDoNotContact(phone),
    opensAt: openingAt(now, parts),
    outboxExpiryDays: parts.settings().outboxExpiryDays,
  });
  if (check.kind === 'not-now')
    applyDecision(parts, row, unlessItIsTheClock(parts, row, check.decision));
  return check.kind === 'send';
}

/** Never ends a row as too old while the clock may be ahead: it waits until Partoo confirms the time. */
function unlessItIsTheClock(
  { clock }: FlushParts,
  row: Row,
  decision: Decision<Next<'waiting'>>,
): Decision<Next<'waiting'>> {
  const { progress } = decision;
  const isTooOld = progress.state === 'needs_decision' && progress.why === 'too-old';
  if (!isTooOld || !mayBeAhead(clock)) return decision;
  const now = clock.now();
  const dueAt = now + LONGEST_RETRY_MS;
  return moveTo({ state: 'waiting', at: now, dueAt }, possibleSend(row));
}

async function sendOne(
  parts: FlushParts,
  row: Row,
  jumps: number,
  mayStart: (() => boolean) | undefined,
): Promise<Step> {
  const answered = await parts.partoo.send(requestOf(row), mayStart);
  const outcome = isAnswerToAnother(parts.store, row, answered)
    ? ({ kind: 'unclear', cause: 'unreadable', notBeforeMs: 0 } as const)
    : answered;
  if (!needsEvidence(outcome, row)) {
    finishAttempt(parts, row, outcome, { kind: 'not-asked' });
    return followUp(parts, row, outcome);
  }
  // Even when Deskbell quits: the next start must not treat this refusal as unclear.
  const isExplained = (evidence: WindowEvidence) =>
    explains(evidence, parts.clock.now()) !== undefined;
  const asked = await searchAround(parts, row, isExplained, { isUrgent: true });
  const evidence = await withoutSmsOfOthers(parts, row, asked.evidence);
  // After a clock jump the age of a send is unknown; a person can request the search again.
  const isDated = isTimeStillValid(parts.clock, jumps);
  finishAttempt(parts, row, outcome, isDated ? evidence : NO_ANSWER);
  if (asked.kind === 'answered') parts.succeeded('search');
  return asked.kind === 'no-answer' && asked.pauseMs !== undefined
    ? pauseFor(parts, 'search', asked.pauseMs)
    : followUp(parts, row, outcome);
}

/** Builds the same bytes for every attempt of a row, so that Partoo recognises a repeat as the same customer. */
function requestOf({ invitation }: Row): SendRequest {
  const { businessId, phone, name, content, forceReason } = invitation;
  return { businessId, phone, name, content, force: forceReason === null ? 'False' : 'True' };
}

/** Whether the answer carries an id that another row already has: it was not meant for this request. */
function isAnswerToAnother(store: OutboxStore, row: Row, outcome: Outcome): boolean {
  if (outcome.kind !== 'accepted') return false;
  const owner = store.findByPartooId(outcome.partooId);
  return owner !== undefined && owner.invitation.id !== row.invitation.id;
}

function followUp(parts: FlushParts, row: Row, outcome: Outcome): Step {
  const now = parts.clock.now();
  switch (outcome.kind) {
    case 'accepted':
    case 'refused':
      parts.succeeded('send');
      return CONTINUE;
    case 'later':
      return pauseFor(parts, 'send', outcome.pauseMs);
    case 'halt':
      if (outcome.scope === 'key') {
        parts.onConnection({ kind: 'key-refused', text: outcome.text });
        return { kind: 'halted' };
      }
      parts.pauseBusiness({ businessId: row.invitation.businessId, text: outcome.text });
      parts.onConnection(connectedState(parts));
      return CONTINUE;
    case 'not-sent': {
      const afterMs = parts.failed('send');
      parts.onConnection(unreachable(outcome.cause, now, now + afterMs));
      return outcome.cause === 'no-key' ? { kind: 'halted' } : { kind: 'retry', afterMs };
    }
    case 'unclear':
      // Stop sending: a vendor in trouble gets a pause, and the next flush probes first.
      return outcome.notBeforeMs > 0
        ? pauseFor(parts, 'send', outcome.notBeforeMs)
        : { kind: 'retry', afterMs: parts.failed('send') };
    default:
      return outcome satisfies never;
  }
}
