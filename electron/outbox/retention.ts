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
  /** While it is longer than the retention, a number's last send is kept until the house window ends. */
  readonly houseWindowDays: () => number;
  /** Called after a purge, so that the screen removes those invitations too. */
  readonly onPurged: () => void;
  /** Called for storage trouble or a bug; the next try is a day later. */
  readonly onTrouble: (error: unknown) => void;
};

/** Delay before the first run: opening a session has more urgent work. */
const FIRST_MS = MINUTE_MS;
/** Retry interval until Partoo confirms the time: a clock that is ahead must not purge recent rows. */
const UNPROVED_MS = HOUR_MS;
/** Rows per step: removing one from the search index takes a millisecond or two; the event loop runs between steps. */
const PART = 10;
const PAUSE_MS = SECOND_MS / 4;

export type Retention = {
  /** Purges at once the rows that a shorter retention or house window no longer allows. */
  readonly settingsChanged: () => void;
  readonly stop: () => void;
};

/**
 * Purges invitations past their retention: soon after the start, then daily and after a change of settings, and only
 * by a time that Partoo has confirmed. Daily counts stay.
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
      // A killed run may have left purged rows in the journal.
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
