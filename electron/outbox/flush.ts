import { askAround, askedToWaitMs, evidenceIn, SEARCH_REQUESTS, searchWindow } from './ask.ts';
import { conclude, record } from './carry-out.ts';
import { explainRefusal, explains, type WindowEvidence } from './decide.ts';
import { drain, peek } from './drain.ts';
import { GO_ON, keepSilence, type FlushEnd, type FlushParts, type Step } from './flush-parts.ts';
import { passGate } from './gate.ts';
import type { Outcome } from './outcome.ts';
import { reconcile } from './reconcile.ts';
import type { Row } from './row.ts';
import { watchDelivery } from './watch-delivery.ts';

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
    const gate = await passGate(parts);
    if (gate.kind !== 'go-on') return gate;
    const settled = await settleDue(parts);
    if (settled.kind !== 'go-on') return settled;
  }
  // A question about a delivery can do no harm, so it needs no gate. Between two questions the loop ends if a send is due.
  for (;;) {
    const watched = await watchDelivery(parts);
    if (watched.kind === 'none') return { kind: 'done' };
    if (watched.kind !== 'go-on') return watched;
    if (isRowDue(parts)) return { kind: 'done' };
  }
}

/** Sends what is due, and asks Partoo about what is in doubt: after each question what is due by then goes first. */
async function settleDue(parts: FlushParts): Promise<Step> {
  const jumps = parts.clock.jumps();
  const questions = [
    ...dueUnconfirmed(parts).map(
      ({ invitation: { id } }) =>
        () =>
          reconcileOne(parts, id),
    ),
    ...parts.questions().map((id) => () => explainOne(parts, id)),
  ];
  for (const ask of questions) {
    const drained = await drain(parts, jumps);
    if (drained.kind !== 'go-on') return drained;
    const asked = await ask();
    if (asked.kind !== 'go-on') return asked;
  }
  return drain(parts, jumps);
}

/** Nothing is in flight when a flush begins: a row found in `sending` was left behind by a process that died. */
function recordStranded(parts: FlushParts): void {
  const outcome: Outcome = { kind: 'unclear', cause: 'died', notBeforeMs: 0 };
  for (const row of parts.store.listRows('sending'))
    conclude(parts, row, outcome, { kind: 'not-asked' });
}

function isAnythingDue(parts: FlushParts): boolean {
  return isRowDue(parts) || parts.questions().length > 0;
}

function isRowDue(parts: FlushParts): boolean {
  return peek(parts) !== undefined || dueUnconfirmed(parts).length > 0;
}

/** A row that was entered in the future shows that the clock was set back; that day may be a year away. */
function dueUnconfirmed({ store, clock }: FlushParts): readonly Row[] {
  const now = clock.now();
  return store.listRows('unconfirmed').filter(({ invitation: { progress } }) => {
    return progress.state === 'unconfirmed' && (progress.dueAt <= now || now < progress.at);
  });
}

async function reconcileOne(parts: FlushParts, id: string): Promise<Step> {
  if ((await parts.takeTurn('search', SEARCH_REQUESTS)) === 'stopped') return { kind: 'done' };
  const row = parts.store.readRow(id);
  if (row?.invitation.progress.state !== 'unconfirmed') return GO_ON;
  const found = await searchFor(parts, row);
  const pauseMs = askedToWaitMs(found);
  if (pauseMs !== undefined) return keepSilence(parts, pauseMs);
  const evidence = evidenceIn(found, parts.store, row);
  record(parts, row, reconcile(row, evidence, parts.clock.now(), parts.awakeMs(id)));
  return GO_ON;
}

/** A refusal whose reason could not be asked for at the time, and that a person wants explained. */
async function explainOne(parts: FlushParts, id: string): Promise<Step> {
  const row = parts.store.readRow(id);
  const progress = row?.invitation.progress;
  if (row === undefined || progress?.state !== 'refused' || progress.why !== 'unclear') {
    parts.answered(id);
    return GO_ON;
  }
  const isExplained = (evidence: WindowEvidence) => explains(evidence, progress.at) !== undefined;
  const asked = await askAround(parts, row, isExplained, { until: progress.at });
  if (asked.kind === 'stopped') return { kind: 'done' };
  if (asked.kind === 'no-answer' && asked.pauseMs !== undefined)
    return keepSilence(parts, asked.pauseMs);
  const decision = explainRefusal(progress, asked.evidence, parts.clock.now());
  if (decision === undefined) return GO_ON;
  parts.answered(id);
  record(parts, row, decision);
  return GO_ON;
}

function searchFor({ partoo, clock }: FlushParts, { invitation: { businessId, phone } }: Row) {
  return searchWindow(partoo, { businessId, phone, now: clock.now() });
}
