import { askedToWaitMs, evidenceIn, SEARCH_REQUESTS, searchWindow } from './ask.ts';
import { conclude, record } from './carry-out.ts';
import { explainRefusal } from './decide.ts';
import { drain, peek } from './drain.ts';
import { GO_ON, keepSilence, type FlushEnd, type FlushParts, type Step } from './flush-parts.ts';
import { passGate } from './gate.ts';
import type { Outcome } from './outcome.ts';
import { reconcile } from './reconcile.ts';
import type { Row } from './row.ts';
import { watchDelivery } from './watch-delivery.ts';

/**
 * Lets leave what is due: oldest first, one request in flight. Throws only what the store throws, and then the row in
 * hand is still `sending` on disk, which the next flush takes for unclear.
 */
export async function flush(parts: FlushParts, look: 'always' | 'when-due'): Promise<FlushEnd> {
  recordStranded(parts);
  if (!(await parts.belongsHere())) {
    parts.onConnection({ kind: 'other-pc' });
    return { kind: 'halted' };
  }
  for (const invitation of parts.store.releaseHeld(parts.clock.now()))
    parts.onInvitation(invitation);
  if (look === 'when-due' && !isAnythingDue(parts)) return { kind: 'done' };

  if ((await parts.takeTurn('send', 1)) === 'stopped') return { kind: 'done' };
  const gate = await passGate(parts);
  if (gate.kind !== 'go-on') return gate;
  const reconciled = await reconcileDue(parts);
  if (reconciled.kind !== 'go-on') return reconciled;
  const answered = await explainRefusals(parts);
  if (answered.kind !== 'go-on') return answered;
  for (;;) {
    const drained = await drain(parts);
    if (drained.kind !== 'go-on') return drained;
    // One at a time, so that whoever presses Enter meanwhile does not wait behind old news.
    const watched = await watchDelivery(parts);
    if (watched.kind === 'none') return { kind: 'done' };
    if (watched.kind !== 'go-on') return watched;
  }
}

/** Nothing is in flight when a flush begins: a row found in `sending` was left behind by a process that died. */
function recordStranded(parts: FlushParts): void {
  const outcome: Outcome = { kind: 'unclear', cause: 'died', notBeforeMs: 0 };
  for (const row of parts.store.listRows('sending'))
    conclude(parts, row, outcome, { kind: 'not-asked' });
}

function isAnythingDue(parts: FlushParts): boolean {
  return (
    peek(parts) !== undefined ||
    dueUnconfirmed(parts).length > 0 ||
    parts.questions().length > 0 ||
    parts.store.peekUndelivered(parts.clock.now()) !== undefined
  );
}

/** A row that was entered in the future shows that the clock was set back; that day may be a year away. */
function dueUnconfirmed({ store, clock }: FlushParts): readonly Row[] {
  const now = clock.now();
  return store.listRows('unconfirmed').filter(({ invitation: { progress } }) => {
    return progress.state === 'unconfirmed' && (progress.dueAt <= now || now < progress.at);
  });
}

async function reconcileDue(parts: FlushParts): Promise<Step> {
  for (const row of dueUnconfirmed(parts)) {
    if ((await parts.takeTurn('search', SEARCH_REQUESTS)) === 'stopped') return { kind: 'done' };
    const found = await searchFor(parts, row);
    const pauseMs = askedToWaitMs(found);
    if (pauseMs !== undefined) return keepSilence(parts, pauseMs);
    const evidence = evidenceIn(found, parts.store, row);
    const awakeMs = parts.awakeMs(row.invitation.id);
    record(parts, row, reconcile(row, evidence, parts.clock.now(), awakeMs));
  }
  return GO_ON;
}

/** Refusals whose reason could not be asked for at the time, and that a person wants explained. */
async function explainRefusals(parts: FlushParts): Promise<Step> {
  for (const id of parts.questions()) {
    const row = parts.store.readRow(id);
    const progress = row?.invitation.progress;
    if (row === undefined || progress?.state !== 'refused' || progress.why !== 'unclear') {
      parts.answered(id);
      continue;
    }
    if ((await parts.takeTurn('search', SEARCH_REQUESTS)) === 'stopped') return { kind: 'done' };
    const found = await searchFor(parts, row);
    const pauseMs = askedToWaitMs(found);
    if (pauseMs !== undefined) return keepSilence(parts, pauseMs);
    const evidence = evidenceIn(found, parts.store, row);
    const decision = explainRefusal(progress, evidence, parts.clock.now());
    if (decision === undefined) continue;
    parts.answered(id);
    record(parts, row, decision);
  }
  return GO_ON;
}

function searchFor({ partoo, clock }: FlushParts, { invitation: { businessId, phone } }: Row) {
  return searchWindow(partoo, { businessId, phone, now: clock.now() });
}
