import type { Clock } from '../../shared/time.ts';
import { busyFor } from './rate-limited-requests.ts';
import { createPartooPause, type PartooPause, type PartooPauseParts } from './partoo-pause.ts';
import type { PartooAnswer, Partoo } from './partoo-port.ts';

/** What is asked of Partoo outside of the queue: while somebody types, and in Settings. */
export type PausableRequests = Pick<Partoo, 'search' | 'searchBusinesses' | 'checkKey'>;

/**
 * The same questions under the pause that Partoo asked for: during one they are answered `busy` without being asked, and
 * one that an answer asks for is told to the queue in milliseconds. The rate is the organisation's, so that a pause holds
 * for all questions and for the queue.
 */
export function withPause(
  partoo: PausableRequests,
  pause: Pick<PartooPause, 'leftMs'>,
  queue: {
    readonly pauseFor: (askedForMs: number) => void;
    readonly outsideAnswered: () => void;
  },
): PausableRequests {
  const ask = async <A extends PartooAnswer<unknown>>(
    question: () => Promise<A>,
  ): Promise<A | ReturnType<typeof busyFor>> => {
    const leftMs = pause.leftMs();
    if (leftMs > 0) return busyFor(leftMs);
    const answer = await question();
    if (answer.ok) queue.outsideAnswered();
    else if (answer.trouble.kind === 'busy') queue.pauseFor(answer.trouble.pauseMs);
    return answer;
  };
  return {
    search: (query) => ask(() => partoo.search(query)),
    searchBusinesses: (query) => ask(() => partoo.searchBusinesses(query)),
    checkKey: () => ask(() => partoo.checkKey()),
  };
}

/** The same questions while no queue runs for this Partoo: the pause is read from where the queue keeps it, and kept for it. */
export function withSavedPause(
  partoo: PausableRequests,
  kept: Pick<PartooPauseParts, 'store' | 'host'> & { readonly clock: Clock },
): PausableRequests {
  const pause = createPartooPause({ ...kept, clock: { ...kept.clock, correctionMs: () => 0 } });
  const pauseFor = (askedForMs: number): void => {
    if (askedForMs > pause.leftMs()) pause.begin(askedForMs);
  };
  return withPause(partoo, pause, { pauseFor, outsideAnswered: () => {} });
}
