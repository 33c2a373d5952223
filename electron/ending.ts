import { app } from 'electron/main';
import { SECOND_MS } from '../shared/time.ts';
import type { App } from './app.ts';
import type { Log } from './log.ts';
import type { KeychainCalls } from './os/keychain-calls.ts';

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

/** What is in flight is recorded before the process ends; a second request to quit changes nothing. */
export function quitGracefully(parts: {
  readonly desk: Pick<App, 'close'>;
  readonly log: Pick<Log, 'write' | 'reportBug'>;
  readonly keychain: Pick<KeychainCalls, 'settle'>;
}): void {
  const { desk, log, keychain } = parts;
  let closed = false;
  const end = async (): Promise<void> => {
    await desk.close().catch(log.reportBug);
    log.write({ event: 'stopped' });
    await letGoOf(keychain);
    closed = true;
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void end();
  });
}
