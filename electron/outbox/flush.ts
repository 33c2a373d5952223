import {
  searchAround,
  askedToWaitMs,
  evidenceIn,
  SEARCH_REQUESTS,
  searchWindow,
  withoutSmsOfOthers,
} from './search-partoo.ts';
import { finishAttempt, applyDecision } from './save-decision.ts';
import { explainRefusal } from './rules/decide-after-attempt.ts';
import { explains, type WindowEvidence } from './rules/evidence.ts';
import { isTimeStillValid } from './corrected-clock.ts';
import { ANOTHER_TIME, peek, sendNext } from './send-due.ts';
import { CONTINUE, pauseFor, type FlushEnd, type FlushParts, type Step } from './flush-parts.ts';
import { probe } from './probe.ts';
import type { Outcome } from '../../shared/attempt.ts';
import { decideUnconfirmed } from './rules/decide-unconfirmed.ts';
import type { Row } from './store-port.ts';
import { pollDelivery } from './poll-delivery.ts';

const NOTHING = { kind: 'none' } as const;

/**
 * When to probe: always; when a row is due and Partoo has not just answered a check while typing; or not at all (delivery polls only).
 */
export type ProbeWhen = 'always' | 'when-due' | 'deliveries';

/**
 * Sends the due invitations, oldest first, one request in flight. Throws only storage errors; the current row is then
 * still `sending` on disk, and the next flush treats it as unclear.
 */
export async function flush(parts: FlushParts, probeWhen: ProbeWhen): Promise<FlushEnd> {
  recordStranded(parts);
  if (!(await parts.belongsHere())) {
    parts.onConnection({ kind: 'other-pc' });
    return { kind: 'halted' };
  }
  for (const invitation of parts.store.releaseHeld(parts.clock.now()))
    parts.onInvitation(invitation);
  if (probeWhen === 'always' || (probeWhen === 'when-due' && isAnythingDue(parts))) {
    if (probeWhen === 'always' || !parts.hasRecentAnswer()) {
      if ((await parts.takeTurn('probe', 1)) === 'stopped') return { kind: 'done' };
      const probed = await probe(parts);
      if (probed.kind !== 'go-on') return probed;
    }
    const settled = await settleDue(parts);
    if (settled.kind !== 'go-on') return settled;
  }
  // Delivery polls cannot do harm, so they need no probe. End the loop between two polls when a row is due.
  for (;;) {
    const watched = await pollDelivery(parts);
    if (watched.kind === 'none') return { kind: 'done' };
    if (watched.kind !== 'go-on') return watched;
    if (isRowDue(parts)) return { kind: 'done' };
  }
}

/** The result of one search about an unclear row; `none`: no row needs one. */
type Asked = Step | { readonly kind: 'none' } | { readonly kind: 'unanswered' };

/**
 * Alternates between sending due rows and searching Partoo for unclear ones, so that neither delays the other. After
 * a search without an answer, all due rows are sent first; after a failed send, only searches continue.
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

/**
 * Iterates over the searches of one flush: each row that is due for one, and once each row that a person asked about.
 */
function nextQuestions(parts: FlushParts, jumps: number): () => Promise<Asked> {
  let byPersons = parts.questions();
  return async () => {
    if (!isTimeStillValid(parts.clock, jumps)) return ANOTHER_TIME;
    const [row] = dueUnconfirmed(parts);
    if (row !== undefined) return searchUnconfirmed(parts, row.invitation.id);
    const [id, ...rest] = byPersons;
    byPersons = rest;
    return id === undefined ? NOTHING : explainOne(parts, id);
  };
}

/**
 * Marks rows found in `sending` as unclear: nothing is in flight when a flush begins, so the process that sent them
 * died.
 */
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
 * The unconfirmed rows that are due for a search, longest overdue first. A row with a state time in the future means
 * that the clock was set back; its due date may be a year away, so it counts as due.
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

async function searchUnconfirmed(parts: FlushParts, id: string): Promise<Asked> {
  // Not in the share of searches: a series of sends would use it up, and this search would never run.
  if ((await parts.takeTurn('send', SEARCH_REQUESTS)) === 'stopped') return { kind: 'done' };
  const row = parts.store.readRow(id);
  if (row?.invitation.progress.state !== 'unconfirmed') return CONTINUE;
  const found = await searchFor(parts, row);
  const pauseMs = askedToWaitMs(found);
  if (pauseMs !== undefined) return pauseFor(parts, 'search', pauseMs);
  if (found.ok) parts.succeeded('search');
  const evidence = await withoutSmsOfOthers(parts, row, evidenceIn(found, parts.store, row));
  applyDecision(parts, row, decideUnconfirmed(row, evidence, parts.clock.now(), parts.awakeMs(id)));
  return found.ok ? CONTINUE : { kind: 'unanswered' };
}

/** Searches for the reason of a refusal that a person wants explained and that could not be searched at the time. */
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
    return pauseFor(parts, 'search', asked.pauseMs);
  if (asked.kind === 'answered') parts.succeeded('search');
  const decision = explainRefusal(progress, asked.evidence, parts.clock.now());
  if (decision === undefined) return { kind: 'unanswered' };
  parts.answered(id);
  applyDecision(parts, row, decision);
  return CONTINUE;
}

function searchFor({ partoo, clock }: FlushParts, { invitation: { businessId, phone } }: Row) {
  return searchWindow(partoo, { businessId, phone, now: clock.now() });
}
