import {
  searchAround,
  askedToWaitMs,
  evidenceIn,
  SEARCH_REQUESTS,
  searchWindow,
} from './search-evidence.ts';
import { finishAttempt, applyDecision } from './apply-decision.ts';
import { explainRefusal, explains, type WindowEvidence } from './rules/decide.ts';
import { isStillTold } from './corrected-clock.ts';
import { ANOTHER_TIME, peek, sendNext } from './send-due.ts';
import { CONTINUE, pauseFor, type FlushEnd, type FlushParts, type Step } from './flush-parts.ts';
import { probe } from './probe.ts';
import type { Outcome } from './outcome.ts';
import { reconcile } from './rules/reconcile.ts';
import type { Row } from './store-port.ts';
import { pollDelivery } from './poll-delivery.ts';

const NOTHING = { kind: 'none' } as const;

/** When the gate is passed: always, only when something is due, or not at all (only deliveries are asked about). */
export type Look = 'always' | 'when-due' | 'deliveries';

/**
 * Sends the invitations that are due: oldest first, one request in flight. Throws only what the store throws, and then the row in
 * hand is still `sending` on disk, which the next flush takes for unclear.
 */
export async function flush(parts: FlushParts, look: Look): Promise<FlushEnd> {
  recordStranded(parts);
  if (!(await parts.belongsHere())) {
    parts.onConnection({ kind: 'other-pc' });
    return { kind: 'halted' };
  }
  for (const invitation of parts.store.releaseHeld(parts.clock.now()))
    parts.onInvitation(invitation);
  if (look === 'always' || (look === 'when-due' && isAnythingDue(parts))) {
    if ((await parts.takeTurn('send', 1)) === 'stopped') return { kind: 'done' };
    const gate = await probe(parts);
    if (gate.kind !== 'go-on') return gate;
    const settled = await settleDue(parts);
    if (settled.kind !== 'go-on') return settled;
  }
  // A question about a delivery can do no harm, so it needs no gate. Between two questions the loop ends if a send is due.
  for (;;) {
    const watched = await pollDelivery(parts);
    if (watched.kind === 'none') return { kind: 'done' };
    if (watched.kind !== 'go-on') return watched;
    if (isRowDue(parts)) return { kind: 'done' };
  }
}

/** What a question about an invitation in doubt came to; `none`: there is none to ask. */
type Asked = Step | { readonly kind: 'none' } | { readonly kind: 'unanswered' };

/**
 * Sends what is due and asks Partoo about what is in doubt, in turns, so that neither keeps the other waiting. Once a
 * question has no answer, what is due is sent first; once a send fails, only the questions are still asked.
 */
async function settleDue(parts: FlushParts): Promise<Step> {
  const jumps = parts.clock.jumps();
  const askNext = nextQuestions(parts, jumps);
  let isAnswering = true;
  let failed: Step | undefined;
  for (;;) {
    const sent = failed === undefined ? await sendNext(parts, jumps) : NOTHING;
    if (sent.kind === 'retry') failed = sent;
    else if (sent.kind !== 'go-on' && sent.kind !== 'none') return sent;
    if (!isAnswering) {
      if (failed !== undefined) return failed;
      if (sent.kind === 'go-on') continue;
    }
    const asked = await askNext();
    if (asked.kind === 'unanswered') isAnswering = false;
    else if (asked.kind !== 'go-on' && asked.kind !== 'none') return asked;
    if (asked.kind === 'none' && sent.kind !== 'go-on') return failed ?? CONTINUE;
  }
}

/** The questions of one flush: about each invitation that is due for one, and once about each that a person asked for. */
function nextQuestions(parts: FlushParts, jumps: number): () => Promise<Asked> {
  let byPersons = parts.questions();
  return async () => {
    if (!isStillTold(parts.clock, jumps)) return ANOTHER_TIME;
    const [row] = dueUnconfirmed(parts);
    if (row !== undefined) return reconcileOne(parts, row.invitation.id);
    const [id, ...rest] = byPersons;
    byPersons = rest;
    return id === undefined ? NOTHING : explainOne(parts, id);
  };
}

/** Nothing is in flight when a flush begins: a row found in `sending` was left behind by a process that died. */
function recordStranded(parts: FlushParts): void {
  const outcome: Outcome = { kind: 'unclear', cause: 'died', notBeforeMs: 0 };
  for (const row of parts.store.listRows('sending'))
    finishAttempt(parts, row, outcome, { kind: 'not-asked' });
}

function isAnythingDue(parts: FlushParts): boolean {
  return isRowDue(parts) || parts.questions().length > 0;
}

function isRowDue(parts: FlushParts): boolean {
  return peek(parts) !== undefined || dueUnconfirmed(parts).length > 0;
}

/**
 * What is due to be asked about, the longest overdue first. A row that was entered in the future shows that the clock was
 * set back; that day may be a year away.
 */
function dueUnconfirmed({ store, clock }: FlushParts): readonly Row[] {
  const now = clock.now();
  return store
    .listRows('unconfirmed')
    .flatMap((row) => {
      const { progress } = row.invitation;
      return progress.state === 'unconfirmed' && (progress.dueAt <= now || now < progress.at)
        ? [{ row, dueAt: progress.dueAt }]
        : [];
    })
    .toSorted((one, other) => one.dueAt - other.dueAt)
    .map(({ row }) => row);
}

async function reconcileOne(parts: FlushParts, id: string): Promise<Asked> {
  // Not in the share of searches: sends that follow each other would use it up, and it would never be asked.
  if ((await parts.takeTurn('send', SEARCH_REQUESTS)) === 'stopped') return { kind: 'done' };
  const row = parts.store.readRow(id);
  if (row?.invitation.progress.state !== 'unconfirmed') return CONTINUE;
  const found = await searchFor(parts, row);
  const pauseMs = askedToWaitMs(found);
  if (pauseMs !== undefined) return pauseFor(parts, 'look', pauseMs);
  if (found.ok) parts.succeeded('look');
  const evidence = evidenceIn(found, parts.store, row);
  applyDecision(parts, row, reconcile(row, evidence, parts.clock.now(), parts.awakeMs(id)));
  return found.ok ? CONTINUE : { kind: 'unanswered' };
}

/** A refusal whose reason could not be asked for at the time, and that a person wants explained. */
async function explainOne(parts: FlushParts, id: string): Promise<Asked> {
  const row = parts.store.readRow(id);
  const progress = row?.invitation.progress;
  if (row === undefined || progress?.state !== 'refused' || progress.why !== 'unclear') {
    parts.answered(id);
    return CONTINUE;
  }
  const isExplained = (evidence: WindowEvidence) => explains(evidence, progress.at) !== undefined;
  const asked = await searchAround(parts, row, isExplained, { until: progress.at });
  if (asked.kind === 'stopped') return { kind: 'done' };
  if (asked.kind === 'no-answer' && asked.pauseMs !== undefined)
    return pauseFor(parts, 'look', asked.pauseMs);
  if (asked.kind === 'answered') parts.succeeded('look');
  const decision = explainRefusal(progress, asked.evidence, parts.clock.now());
  if (decision === undefined) return { kind: 'unanswered' };
  parts.answered(id);
  applyDecision(parts, row, decision);
  return CONTINUE;
}

function searchFor({ partoo, clock }: FlushParts, { invitation: { businessId, phone } }: Row) {
  return searchWindow(partoo, { businessId, phone, now: clock.now() });
}
