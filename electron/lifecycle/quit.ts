import { setImmediate } from 'node:timers/promises';
import { app } from 'electron/main';
import { SECOND_MS } from '../../shared/time.ts';
import { findDeepLinks } from '../prefill/deep-link-args.ts';
import type { EventLog } from '../event-log.ts';
import { HIDDEN_SWITCH } from '../os/autostart.ts';
import type { KeychainCalls } from '../os/keychain.ts';
import { relaunchCommand } from '../os/launch-info.ts';

/** A keychain that is only slow answers within this; one that waits for somebody to unlock it never does. */
const KEYCHAIN_MS = 2 * SECOND_MS;

/**
 * Resolves when Node can be taken down. A call to the keychain that is still open would make an abort of it, after half
 * a minute: then the process ends here and now, which hurts nobody because everything is on disk.
 */
async function letGoOf(keychain: Pick<KeychainCalls, 'settle'>): Promise<void> {
  if ((await keychain.settle(KEYCHAIN_MS)) === 'pending') process.kill(process.pid, 'SIGKILL');
}

/** Ends a run that opened no desk. */
export async function exitWith(
  code: number,
  keychain: Pick<KeychainCalls, 'settle'>,
): Promise<void> {
  await letGoOf(keychain);
  app.exit(code);
}

/** What a run has opened, as far as it must be let go of. */
export type Closable = {
  /** Waits for what is in flight and lets go of everything. */
  readonly close: () => Promise<void>;
  readonly keychain: Pick<KeychainCalls, 'settle'>;
};

/**
 * What is in flight is recorded before the process ends; a second request to quit changes nothing. Whoever starts Deskbell
 * meanwhile gets it, as soon as this run has ended.
 */
export function quitGracefully(parts: {
  /** Rejects when nothing could be opened. */
  readonly opened: Promise<Closable>;
  readonly log: Pick<EventLog, 'write' | 'reportBug'>;
}): {
  /** Deskbell is wanted again as soon as this run has ended. */
  readonly startAgain: () => void;
} {
  const { opened, log } = parts;
  let standing: 'open' | 'ending' | 'ended' = 'open';
  let isWantedAgain = false;
  const end = async (): Promise<void> => {
    const here = await opened.catch(() => undefined);
    await here?.close().catch(log.reportBug);
    // The lines about the last invitations are written a turn later than the rest.
    await setImmediate();
    log.write({ event: 'stopped' });
    if (here !== undefined) await letGoOf(here.keychain);
    standing = 'ended';
    if (isWantedAgain) startAgain();
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (standing === 'ended') return;
    event.preventDefault();
    if (standing === 'ending') return;
    standing = 'ending';
    void end();
  });
  app.on('second-instance', (_event, args) => {
    // There is no window any more that could be shown, and nothing would happen.
    if (standing === 'ending' && !args.includes(HIDDEN)) isWantedAgain = true;
  });
  return {
    startAgain: () => {
      isWantedAgain = true;
    },
  };
}

const HIDDEN = `--${HIDDEN_SWITCH}`;

/** As this run was started, but for somebody who is waiting; a link that came with it has had its time. */
function startAgain(): void {
  const [execPath] = relaunchCommand();
  const links = findDeepLinks(process.argv);
  const args = process.argv.slice(1).filter((arg) => arg !== HIDDEN && !links.includes(arg));
  app.relaunch({ execPath, args });
}
