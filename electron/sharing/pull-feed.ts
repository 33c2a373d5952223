import type { Store } from '../store/store.ts';
import type { SiteCalls } from './site-calls.ts';

/** The most entries in one answer. */
const PAGE = 500;

/**
 * Pulls the feed to its head: hints of refusals, and orders to erase. Starts again from 0 where the site database no longer has every
 * entry since this desk's position.
 */
export async function pullFeed(
  calls: Pick<SiteCalls, 'call'>,
  store: Pick<Store, 'readSharing' | 'applyFeed' | 'forgetPosition'>,
): Promise<'done' | 'no-answer'> {
  let hasStartedAgain = false;
  for (;;) {
    const sharing = store.readSharing();
    if (sharing === undefined) return 'done';
    const { pulled, clearedTo } = sharing;
    const answer = await calls.call((database) => database.pull(pulled, clearedTo));
    if (answer === undefined) return 'no-answer';
    if (answer.is === 'start-again') {
      // Twice in a row makes no sense: the next hello tries again.
      if (hasStartedAgain) return 'no-answer';
      hasStartedAgain = true;
      store.forgetPosition();
      continue;
    }
    const { entries, head } = answer;
    const isLast = entries.length < PAGE;
    const last = entries.at(-1)?.seq ?? pulled;
    store.applyFeed({
      entries,
      pulled: isLast ? head : last,
      clearedTo: answer.clearedTo,
      isFirst: pulled === 0,
    });
    if (isLast) return 'done';
  }
}
