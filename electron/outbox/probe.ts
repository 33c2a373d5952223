import type { Connection } from '../../shared/connection.ts';
import { rescheduleHeld } from './save-decision.ts';
import { reachable, unreachable } from './rules/connection-state.ts';
import { isTrusted } from './corrected-clock.ts';
import { CONTINUE, pauseFor, type FlushEnd, type FlushParts, type Step } from './flush-parts.ts';
import type { ApiError } from './partoo-port.ts';

/**
 * Probes Partoo before a flush: one GET on a fresh connection. An answer in Partoo's shape proves name, route and
 * certificate, and that no portal is in between; it also checks the key and gives the only trusted time.
 */
export async function probe(parts: FlushParts): Promise<Step> {
  const { clock } = parts;
  const startedMs = clock.elapsedMs();
  const answer = await parts.partoo.checkReachable();
  if (answer.serverTime !== undefined) {
    learnTime(parts, answer.serverTime, { startedMs, endedMs: clock.elapsedMs() });
  }
  if (!answer.ok) return onProbeFailed(parts, answer.trouble);
  const judgement = clock.judge();
  if (!isTrusted(judgement)) {
    const aheadMs = judgement.kind === 'wrong' ? -judgement.skewMs : null;
    parts.onConnection({ kind: 'clock-wrong', aheadMs });
    return { kind: 'retry', afterMs: parts.failed('probe') };
  }
  // Not earlier: a clock stays wrong until a person sets it, and without the backoff Partoo would get requests at the
  // full rate.
  parts.succeeded('probe');
  parts.onConnection(connectedState(parts));
  return CONTINUE;
}

/** The connection state after an answer: everything may be sent, or everything except for some businesses. */
export function connectedState({ clock, pausedBusinesses }: FlushParts): Connection {
  const pauses = pausedBusinesses();
  const judgement = clock.judge();
  if (pauses.length > 0 || judgement.kind !== 'corrected') return reachable(pauses);
  return { kind: 'clock-off', aheadMs: -judgement.skewMs };
}

function learnTime(
  parts: FlushParts,
  serverTime: number,
  asked: { readonly startedMs: number; readonly endedMs: number },
): void {
  const { clock, store, onInvitation } = parts;
  const { movedBackMs } = clock.learn(serverTime, asked);
  store.dateGap(clock.now());
  if (movedBackMs === 0) return;
  // Rows that a fast clock dated in the future would wait for a distant day.
  for (const invitation of store.fixFutureTimes(clock.now())) onInvitation(invitation);
  rescheduleHeld(parts);
}

/** Sets the connection state after a request without an answer, and returns when to try again. */
export function onProbeFailed(parts: FlushParts, trouble: ApiError): FlushEnd {
  const now = parts.clock.now();
  switch (trouble.kind) {
    case 'key-refused':
      parts.onConnection({ kind: 'key-refused', text: trouble.text });
      return { kind: 'halted' };
    case 'busy':
      return pauseFor(parts, 'probe', trouble.pauseMs);
    case 'unreachable': {
      const afterMs = parts.failed('probe');
      parts.onConnection(unreachable(trouble.cause, now, now + afterMs));
      return trouble.cause === 'no-key' ? { kind: 'halted' } : { kind: 'retry', afterMs };
    }
    case 'no-access':
    case 'refused': {
      // The probe names no business and no invitation, so Partoo cannot refuse it for one.
      const afterMs = parts.failed('probe');
      parts.onConnection(unreachable('odd-status', now, now + afterMs));
      return { kind: 'retry', afterMs };
    }
    default:
      return trouble satisfies never;
  }
}
