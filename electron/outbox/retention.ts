import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { isTrusted, type CorrectedClock } from './corrected-clock.ts';

export type RetentionParts = {
  readonly clock: CorrectedClock;
  readonly store: {
    readonly purgeFinished: (query: {
      readonly before: EpochMs;
      readonly sendsUntil: EpochMs;
      readonly limit: number;
    }) => number;
    readonly wipeJournal: () => void;
    readonly dropCopiesBefore: (before: EpochMs) => void;
  };
  readonly retentionDays: () => number;
  /** When it outlasts the retention, a number's last send is kept until it ends. */
  readonly houseWindowDays: () => number;
  /** What was purged is gone from the screen too. */
  readonly onPurged: () => void;
  /** Trouble of the storage or a bug: the next try is a day later. */
  readonly onTrouble: (error: unknown) => void;
};

/** The start of a desk has better things to do. */
const FIRST_MS = MINUTE_MS;
/** Until Partoo has told the time: a clock that is ahead must not purge what is young. */
const UNPROVED_MS = HOUR_MS;
/**
 * Taking rows out of the search costs a millisecond or two each; the purge yields to the event loop between the parts.
 */
const PART = 10;
const PAUSE_MS = SECOND_MS / 4;

export type Retention = {
  /** What a shorter retention or house window no longer allows goes at once. */
  readonly settingsChanged: () => void;
  readonly stop: () => void;
};

/**
 * Purges what is older than it may be kept, soon after the start, then daily and after a change of the settings, and only
 * by a time that Partoo has confirmed. Counts stay.
 */
export function startRetention(parts: RetentionParts): Retention {
  const { clock, store } = parts;
  let cancel = () => {};
  let purged = 0;
  const readLimits = (): string => `${parts.retentionDays()} ${parts.houseWindowDays()}`;
  let limits = readLimits();
  const again = (delayMs: number): void => {
    cancel = clock.after(delayMs, run);
  };
  const run = (): void => {
    try {
      again(step());
    } catch (error) {
      parts.onTrouble(error);
      again(DAY_MS);
    }
  };
  const step = (): number => {
    const judgement = clock.judge();
    const isProved = judgement.kind !== 'unproved' && isTrusted(judgement);
    if (!isProved) {
      // A run that was killed may have left what it took out in the journal.
      store.wipeJournal();
      return UNPROVED_MS;
    }
    const now = clock.now();
    const before: EpochMs = now - parts.retentionDays() * DAY_MS;
    const sendsUntil: EpochMs = now - parts.houseWindowDays() * DAY_MS;
    const count = store.purgeFinished({ before, sendsUntil, limit: PART });
    purged += count;
    if (count === PART) return PAUSE_MS;
    store.dropCopiesBefore(before);
    store.wipeJournal();
    if (purged > 0) parts.onPurged();
    purged = 0;
    return DAY_MS;
  };
  again(FIRST_MS);
  return {
    settingsChanged: () => {
      const isSame = limits === readLimits();
      limits = readLimits();
      if (isSame) return;
      cancel();
      run();
    },
    stop: () => cancel(),
  };
}
