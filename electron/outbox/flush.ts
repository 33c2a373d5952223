import type { Connection } from '../../shared/connection.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { Settings } from '../../shared/settings.ts';
import { HOUR_MS, type Clock } from '../../shared/time.ts';
import { WINDOW_MS } from '../../shared/window.ts';
import { reachable, unreachable, type BusinessPause } from './connection.ts';
import { decide, needsEvidence, type WindowEvidence } from './decide.ts';
import { checkBeforeSending } from './flush-check.ts';
import { openingAt } from './leaves-at.ts';
import type { Outcome } from './outcome.ts';
import type { Answer, KnownSend, Partoo, SendRequest, Trouble } from './partoo-port.ts';
import { reconcile } from './reconcile.ts';
import type { Decision, OutboxStore, Row } from './row.ts';

export type FlushParts = {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly store: OutboxStore;
  readonly partoo: Partoo;
  readonly settings: () => Settings;
  readonly onInvitation: (invitation: Invitation) => void;
  readonly onConnection: (connection: Connection) => void;
  /** Waits for this desk's share of Partoo's rate; `stopped` when Deskbell quits meanwhile. */
  readonly takeTurn: () => Promise<'go' | 'stopped'>;
  /** Counts a failure and tells how many milliseconds to wait before the next look: longer with each one in a row. */
  readonly failed: (trial: Trial) => number;
  readonly succeeded: (trial: Trial) => void;
  readonly pausedBusinesses: () => readonly BusinessPause[];
  readonly pauseBusiness: (pause: BusinessPause) => void;
};

/** What can fail by itself: a vendor whose door opens may still fail at every send. */
export type Trial = 'gate' | 'send';

/**
 * Why a flush ended. `retry` looks again by itself, `pause` keeps the silence that Partoo asked for, `halted` waits for
 * a person.
 */
export type FlushEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'pause'; readonly forMs: number }
  | { readonly kind: 'halted' };

const GO_ON = { kind: 'go-on' } as const;
type Step = FlushEnd | typeof GO_ON;

/** Searches reach back over the window and a little further, for clocks that differ. */
const SEARCH_BACK_MS = WINDOW_MS + HOUR_MS;

/**
 * Lets leave what is due: oldest first, one request in flight. Throws only what the store throws, and then the row in
 * hand is still `sending` on disk, which the next flush takes for unclear.
 */
export async function flush(parts: FlushParts, look: 'always' | 'when-due'): Promise<FlushEnd> {
  recordStranded(parts);
  for (const invitation of parts.store.releaseHeld(parts.clock.now()))
    parts.onInvitation(invitation);
  if (look === 'when-due' && !isAnythingDue(parts)) return { kind: 'done' };

  if ((await parts.takeTurn()) === 'stopped') return { kind: 'done' };
  const gate = await parts.partoo.checkReachable();
  if (!gate.ok) return closedGate(parts, gate.trouble);
  parts.succeeded('gate');
  parts.onConnection(reachable(parts.pausedBusinesses()));

  const reconciled = await reconcileDue(parts);
  return reconciled.kind === 'go-on' ? drain(parts) : reconciled;
}

/** Nothing is in flight when a flush begins: a row found in `sending` was left behind by a process that died. */
function recordStranded(parts: FlushParts): void {
  const outcome: Outcome = { kind: 'unclear', cause: 'died', notBeforeMs: 0 };
  for (const row of parts.store.listRows('sending'))
    conclude(parts, row, outcome, { kind: 'not-asked' });
}

function isAnythingDue(parts: FlushParts): boolean {
  return peek(parts) !== undefined || dueUnconfirmed(parts).length > 0;
}

/** The oldest due row whose business is not paused. */
function peek({ store, clock, pausedBusinesses }: FlushParts): Row | undefined {
  const pausedBusinessIds = pausedBusinesses().map(({ businessId }) => businessId);
  return store.peekNext({ now: clock.now(), pausedBusinessIds });
}

/** A row that was entered in the future shows that the clock was set back; that day may be a year away. */
function dueUnconfirmed({ store, clock }: FlushParts): readonly Row[] {
  const now = clock.now();
  return store.listRows('unconfirmed').filter(({ invitation: { progress } }) => {
    return progress.state === 'unconfirmed' && (progress.dueAt <= now || now < progress.at);
  });
}

function closedGate(parts: FlushParts, trouble: Trouble): FlushEnd {
  const now = parts.clock.now();
  switch (trouble.kind) {
    case 'key-refused':
      parts.onConnection({ kind: 'key-refused', text: trouble.text });
      return { kind: 'halted' };
    case 'busy':
      return keepSilence(parts, trouble.pauseMs);
    case 'unreachable': {
      const afterMs = parts.failed('gate');
      parts.onConnection(unreachable(trouble.cause, now, now + afterMs));
      return trouble.cause === 'no-key' ? { kind: 'halted' } : { kind: 'retry', afterMs };
    }
    case 'no-access':
    case 'refused': {
      // The gate asks nothing that a business or an invitation could be refused for.
      const afterMs = parts.failed('gate');
      parts.onConnection(unreachable('odd-status', now, now + afterMs));
      return { kind: 'retry', afterMs };
    }
    default:
      return trouble satisfies never;
  }
}

/** Partoo asked for a pause; no hint ends it, and no person. */
function keepSilence(parts: FlushParts, forMs: number): FlushEnd {
  parts.onConnection({ kind: 'busy', until: parts.clock.now() + forMs });
  return { kind: 'pause', forMs };
}

async function reconcileDue(parts: FlushParts): Promise<Step> {
  for (const row of dueUnconfirmed(parts)) {
    if ((await parts.takeTurn()) === 'stopped') return { kind: 'done' };
    const found = await searchFor(parts, row);
    const pauseMs = askedToWaitMs(found);
    if (pauseMs !== undefined) return keepSilence(parts, pauseMs);
    const evidence = evidenceIn(found, parts.store, row);
    record(parts, row, reconcile(row, evidence, parts.clock.now()));
  }
  return GO_ON;
}

async function drain(parts: FlushParts): Promise<FlushEnd> {
  for (;;) {
    if (peek(parts) === undefined) return { kind: 'done' };
    if ((await parts.takeTurn()) === 'stopped') return { kind: 'done' };
    const row = claimDue(parts);
    if (row === undefined) continue;
    const step = await sendOne(parts, row);
    if (step.kind !== 'go-on') return step;
  }
}

/** Looks and claims without a pause in between, so that what was seen is still true. */
function claimDue(parts: FlushParts): Row | undefined {
  const { store, clock } = parts;
  const now = clock.now();
  const row = peek(parts);
  if (row === undefined) return undefined;
  const { id, phone } = row.invitation;
  const check = checkBeforeSending({
    row,
    now,
    lastSend: store.findLastSend(phone, id),
    doNotContactSince: store.findDoNotContact(phone),
    opensAt: openingAt(now, parts.settings()),
    outboxExpiryDays: parts.settings().outboxExpiryDays,
  });
  if (check.kind === 'not-now') {
    record(parts, row, check.decision);
    return undefined;
  }
  const claimed = store.claim(id, now);
  if (claimed !== undefined) parts.onInvitation(claimed.invitation);
  return claimed;
}

async function sendOne(parts: FlushParts, row: Row): Promise<Step> {
  const answered = await parts.partoo.send(requestOf(row));
  const outcome = isAnswerToAnother(parts.store, row, answered)
    ? ({ kind: 'unclear', cause: 'unreadable', notBeforeMs: 0 } as const)
    : answered;
  if (!needsEvidence(outcome, row)) {
    conclude(parts, row, outcome, { kind: 'not-asked' });
    return followUp(parts, row, outcome);
  }
  const found = await searchFor(parts, row);
  conclude(parts, row, outcome, evidenceIn(found, parts.store, row));
  const pauseMs = askedToWaitMs(found);
  return pauseMs === undefined ? followUp(parts, row, outcome) : keepSilence(parts, pauseMs);
}

/** The same bytes for every attempt of a row: Partoo must recognise a repeat as the same customer. */
function requestOf({ invitation }: Row): SendRequest {
  const { businessId, phone, name, content, forceReason } = invitation;
  return { businessId, phone, name, content, force: forceReason === null ? 'False' : 'True' };
}

/** An id that another row already has shows that the answer was not meant for this request. */
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
      return GO_ON;
    case 'later':
      return keepSilence(parts, outcome.pauseMs);
    case 'halt':
      if (outcome.scope === 'key') {
        parts.onConnection({ kind: 'key-refused', text: outcome.text });
        return { kind: 'halted' };
      }
      parts.pauseBusiness({ businessId: row.invitation.businessId, text: outcome.text });
      parts.onConnection(reachable(parts.pausedBusinesses()));
      return GO_ON;
    case 'not-sent': {
      const afterMs = parts.failed('send');
      parts.onConnection(unreachable(outcome.cause, now, now + afterMs));
      return outcome.cause === 'no-key' ? { kind: 'halted' } : { kind: 'retry', afterMs };
    }
    case 'unclear':
      // The rest waits: a vendor in trouble gets silence, and the gate is asked again first.
      return outcome.notBeforeMs > 0
        ? keepSilence(parts, outcome.notBeforeMs)
        : { kind: 'retry', afterMs: parts.failed('send') };
    default:
      return outcome satisfies never;
  }
}

type Found = Answer<readonly KnownSend[]>;

async function searchFor({ partoo, clock }: FlushParts, { invitation }: Row): Promise<Found> {
  const { businessId, phone } = invitation;
  return partoo.search({ businessId, phone, after: clock.now() - SEARCH_BACK_MS });
}

function askedToWaitMs(found: Found): number | undefined {
  return !found.ok && found.trouble.kind === 'busy' ? found.trouble.pauseMs : undefined;
}

function evidenceIn(found: Found, store: OutboxStore, row: Row): WindowEvidence {
  if (!found.ok) return { kind: 'no-answer' };
  const unclaimed = found.value.filter((send) => {
    const owner = store.findByPartooId(send.id);
    return owner === undefined || owner.invitation.id === row.invitation.id;
  });
  return { kind: 'sends', sends: found.value, unclaimed };
}

function conclude(parts: FlushParts, row: Row, outcome: Outcome, evidence: WindowEvidence): void {
  const now = parts.clock.now();
  const decision = decide({ outcome, row, evidence, now, random: parts.random() });
  const invitation = parts.store.recordAttempt(
    row.invitation.id,
    { endedAt: now, outcome },
    decision,
  );
  if (invitation !== undefined) parts.onInvitation(invitation);
}

function record(parts: FlushParts, row: Row, decision: Decision): void {
  const { id, progress } = row.invitation;
  const invitation = parts.store.recordDecision(id, [progress.state], decision);
  if (invitation !== undefined) parts.onInvitation(invitation);
}
