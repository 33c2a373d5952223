import { DAY_MS, MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';

/** Where newer versions come from. */
export type Updater = {
  /** The version that the feed offers; undefined when it offers none. */
  readonly find: () => Promise<string | undefined>;
  /** Fetches and verifies what was found. */
  readonly download: () => Promise<void>;
  /** Ends Deskbell, installs what was fetched and starts it. */
  readonly install: () => void;
};

export type UpdateScheduleParts = {
  readonly clock: Clock;
  /** The version that runs. */
  readonly version: string;
  /** Loaded at the first look only. */
  readonly loadUpdater: () => Promise<Updater>;
  /** Whether nobody has used the PC for a while. */
  readonly isAway: () => boolean;
  readonly ask: (version: string) => Promise<'install' | 'later'>;
  /** Ends the outbox: resolves when nothing is on its way any more and everything is on disk. */
  readonly closeDesk: () => Promise<void>;
  /** Nothing was installed after all: the desk goes on. */
  readonly reopenDesk: () => Promise<void>;
  readonly log: (step: UpdateStep) => void;
};

export type UpdateStep =
  'none' | 'older' | 'found' | 'downloaded' | 'later' | 'installing' | 'failed';

/** After the start, when everything that matters is loaded. */
const FIRST_LOOK_MS = 10 * SECOND_MS;
const NEXT_LOOK_MS = DAY_MS;
const AWAY_LOOK_MS = MINUTE_MS;
const NOT_INSTALLED_MS = 2 * MINUTE_MS;

/**
 * Looks for a newer version once a day, fetches it, and asks for it when nobody is at the desk. Nothing is installed
 * without a person's word, nothing older ever, and nothing before the last answer of Partoo is on disk. Trouble is
 * written down and tried again a day later: an update is never a reason to disturb the desk.
 */
export function scheduleUpdates(parts: UpdateScheduleParts): { readonly stop: () => void } {
  const { clock, log } = parts;
  let cancel = (): void => {};
  let isStopped = false;
  const later = (delayMs: number, step: () => Promise<void>): void => {
    if (isStopped) return;
    cancel = clock.after(delayMs, () => {
      void step().catch(() => {
        log('failed');
        later(NEXT_LOOK_MS, look);
      });
    });
  };

  const look = async (): Promise<void> => {
    const updater = await parts.loadUpdater();
    const version = await updater.find();
    if (version === undefined || !isNewer(version, parts.version)) {
      log(version === undefined ? 'none' : 'older');
      later(NEXT_LOOK_MS, look);
      return;
    }
    log('found');
    await updater.download();
    log('downloaded');
    later(0, () => offer(updater, version));
  };

  const offer = async (updater: Updater, version: string): Promise<void> => {
    if (!parts.isAway()) {
      later(AWAY_LOOK_MS, () => offer(updater, version));
      return;
    }
    if ((await parts.ask(version)) === 'later') {
      log('later');
      later(NEXT_LOOK_MS, look);
      return;
    }
    if (isStopped) return;
    log('installing');
    await parts.closeDesk();
    updater.install();
    // Still here: whoever was asked for a password had none, or the system would not.
    later(NOT_INSTALLED_MS, async () => {
      log('failed');
      await parts.reopenDesk();
      later(NEXT_LOOK_MS, look);
    });
  };

  later(FIRST_LOOK_MS, look);
  return {
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}

/** Whether a version comes after the one that runs. What is no plain `1.2.3` comes after nothing. */
export function isNewer(offered: string, running: string): boolean {
  const [one, other] = [parseVersion(offered), parseVersion(running)];
  if (one === undefined || other === undefined) return false;
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

function parseVersion(text: string): readonly number[] | undefined {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(text);
  return match?.slice(1).map(Number);
}
