import { DAY_MS, MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';

/** Finds, downloads and installs newer versions. */
export type Updater = {
  /** Returns the version that the feed offers; undefined when it offers none. */
  readonly find: () => Promise<string | undefined>;
  /** Downloads and verifies the found version. */
  readonly download: () => Promise<void>;
  /** Quits Deskbell, installs the download and starts it. */
  readonly install: () => void;
};

export type UpdateScheduleParts = {
  readonly clock: Clock;
  /** The running version. */
  readonly version: string;
  /** Loaded at the first check only. */
  readonly loadUpdater: () => Promise<Updater>;
  /** Whether the PC has been idle for a while. */
  readonly isAway: () => boolean;
  readonly ask: (version: string) => Promise<'install' | 'later'>;
  /** Closes the desk session: resolves when no request is in flight and everything is on disk. */
  readonly closeApp: () => Promise<void>;
  /** Reopens the desk session after an update that was not installed. */
  readonly reopenApp: () => Promise<void>;
  readonly log: (step: UpdateStep) => void;
};

export type UpdateStep =
  'none' | 'older' | 'found' | 'downloaded' | 'later' | 'installing' | 'failed';

/** Late enough for everything important to be loaded. */
const FIRST_LOOK_MS = 10 * SECOND_MS;
const NEXT_LOOK_MS = DAY_MS;
const AWAY_LOOK_MS = MINUTE_MS;
const NOT_INSTALLED_MS = 2 * MINUTE_MS;

/**
 * Checks for a newer version once a day, downloads it, and asks to install it when the PC is idle. Never
 * installs without a person's consent, an older version, or before Partoo's last reply is on disk. Logs trouble and
 * retries a day later: an update must never disturb the desk.
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
    await parts.closeApp();
    updater.install();
    // Still running: the password prompt was cancelled, or the system refused.
    later(NOT_INSTALLED_MS, async () => {
      log('failed');
      await parts.reopenApp();
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

/** Whether a version is newer than the running one. Anything but a plain `1.2.3` is not. */
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
