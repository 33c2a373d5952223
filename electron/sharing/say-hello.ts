import { DAY_MS } from '../../shared/time.ts';
import type { SiteKeys } from '../site/site-keys.ts';
import { applyErasures, type ErasureParts } from './erasures.ts';
import { pullFeed } from './pull-feed.ts';
import { pullChangedSettings, type PullSettingsParts } from './pull-settings.ts';
import { waitingAt } from './push-changes.ts';
import type { SiteCalls } from './site-calls.ts';
import { termsOf } from './terms.ts';

/** What the last hello said. */
export type Greeting = {
  /** Whether the site database lacks nothing, and has not just been started. */
  readonly isWhole: boolean;
  /** Whether this desk's time, which is Partoo's, and the server's differ so much that no claim is granted. */
  readonly isClockOff: boolean;
};

/**
 * Says hello to the site database, and brings this desk up to date with it: terms, settings, refusals, erasures. Finds out whether either of
 * the two was restored from a backup; everything that it may lack is then shared again. Undefined without an answer.
 */
export async function sayHello(
  parts: ErasureParts &
    Pick<PullSettingsParts, 'onSettings'> & {
      readonly calls: Pick<SiteCalls, 'call'>;
      readonly log: (what: 'rewound') => void;
    },
  keys: SiteKeys | undefined,
): Promise<Greeting | undefined> {
  const { calls, store, now } = parts;
  const before = store.readSharing();
  const saidAt = now();
  const answer = await calls.call((database) =>
    database.hello({
      now: saidAt,
      epoch: before?.sharedEpoch ?? 0,
      pushed: before?.pushed ?? 0,
      pulled: before?.pulled ?? 0,
      ...waitingAt(store),
    }),
  );
  const sharing = store.readSharing();
  if (answer === undefined || sharing === undefined || keys === undefined) return undefined;
  store.keepTerms(termsOf(answer));
  // This PC's database is older than what it has pushed: it was restored, and may have forgotten refusals and erasures.
  const isRestored = answer.pushed > sharing.change;
  if (isRestored) store.forgetPosition();
  if (isRestored || sharing.epoch !== answer.epoch) {
    if (sharing.epoch > 0) parts.log('rewound');
    store.markEverything({
      epoch: answer.epoch,
      change: Math.max(sharing.change, answer.pushed),
      // By the slower clock: this desk's may be years ahead at its first start, before it knows Partoo's time.
      sentAfter: Math.min(now(), answer.now) - answer.windowMs,
    });
  }
  if ((await pullFeed(calls, store)) === 'no-answer') return undefined;
  if ((await pullChangedSettings(parts, answer.settings)) === 'no-answer') return undefined;
  await applyErasures(parts, keys);
  return {
    isWhole: answer.whole && answer.settled,
    isClockOff: Math.abs(answer.now - saidAt) > DAY_MS,
  };
}
