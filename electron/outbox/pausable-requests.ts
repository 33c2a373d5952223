import type { Clock } from '../../shared/time.ts';
import { busyFor } from './settings-requests.ts';
import { createPartooPause, type PartooPause, type PartooPauseParts } from './partoo-pause.ts';
import type { PartooAnswer, Partoo } from './partoo-port.ts';

/** Requests to Partoo outside the queue: verdict checks during typing, and Settings. */
export type PausableRequests = Pick<Partoo, 'search' | 'searchBusinesses' | 'checkKey'>;

/**
 * Wraps these requests so that they respect the pause that Partoo asked for: during a pause they answer `busy`
 * without a request; a `busy` answer starts a pause for the queue, in milliseconds. The rate limit covers the
 * organisation, so a pause holds for all requests and for the queue.
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

/** Wraps the same requests while no queue runs for this Partoo; reads and saves the pause where the queue does. */
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
