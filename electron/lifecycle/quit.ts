import { setImmediate } from 'node:timers/promises';
import { app } from 'electron/main';
import { SECOND_MS } from '../../shared/time.ts';
import { findDeepLinks } from '../prefill/deep-link-args.ts';
import type { EventLog } from '../event-log.ts';
import { HIDDEN_SWITCH } from '../os/autostart.ts';
import type { KeychainCalls } from '../os/keychain.ts';
import { relaunchCommand } from '../os/launch-info.ts';

/** A slow keychain answers within this time; one that waits to be unlocked never does. */
const KEYCHAIN_MS = 2 * SECOND_MS;

/**
 * Waits until Node can shut down. An open keychain call would make it abort after half a minute: then the process
 * exits here at once, which is harmless because everything is on disk.
 */
async function letGoOf(keychain: Pick<KeychainCalls, 'settle'>): Promise<void> {
  if ((await keychain.settle(KEYCHAIN_MS)) === 'pending') process.kill(process.pid, 'SIGKILL');
}

/** Exits a run that opened no desk session. */
export async function exitWith(
  code: number,
  keychain: Pick<KeychainCalls, 'settle'>,
): Promise<void> {
  await letGoOf(keychain);
  app.exit(code);
}

/** What a run must close before it exits. */
export type Closable = {
  /** Waits for requests in flight and closes everything. */
  readonly close: () => Promise<void>;
  readonly keychain: Pick<KeychainCalls, 'settle'>;
};

/**
 * Records requests in flight before the process exits; a second request to quit changes nothing. If Deskbell is
 * started during that time, it starts again as soon as this run has ended.
 */
export function quitGracefully(parts: {
  /** Rejects when nothing could be opened. */
  readonly opened: Promise<Closable>;
  readonly log: Pick<EventLog, 'write' | 'reportBug'>;
}): {
  /** Starts Deskbell again when this run has ended. */
  readonly startAgain: () => void;
} {
  const { opened, log } = parts;
  let standing: 'open' | 'ending' | 'ended' = 'open';
  let isWantedAgain = false;
  const end = async (): Promise<void> => {
    const here = await opened.catch(() => undefined);
    await here?.close().catch(log.reportBug);
    // The event log lines about the last invitations are written one turn later than the rest.
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
    // No window is left to show, and otherwise the start would have no effect.
    if (standing === 'ending' && !args.includes(HIDDEN)) isWantedAgain = true;
  });
  return {
    startAgain: () => {
      isWantedAgain = true;
    },
  };
}

const HIDDEN = `--${HIDDEN_SWITCH}`;

/** Starts Deskbell with the same arguments but visible; without a link that came with them, which was handled. */
function startAgain(): void {
  const [execPath] = relaunchCommand();
  const links = findDeepLinks(process.argv);
  const args = process.argv.slice(1).filter((arg) => arg !== HIDDEN && !links.includes(arg));
  app.relaunch({ execPath, args });
}
