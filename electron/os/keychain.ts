import type { Clock } from '../../shared/time.ts';
import { withTimeout } from '../../shared/with-timeout.ts';
import type { EventLog } from '../event-log.ts';
import {
  loadKeytar,
  openApiKey,
  openKeychainEntry,
  type ApiKey,
  type Keychain,
  type KeychainTrouble,
} from './api-key.ts';
import { systemClock } from './system-clock.ts';

export type KeychainCalls = {
  /** Loads a keychain that counts its open calls. */
  readonly load: () => Promise<Keychain>;
  /** Resolves when no keychain call is open any more, or after this time. */
  readonly settle: (withinMs: number) => Promise<'settled' | 'pending'>;
};

/**
 * Counts the open keychain calls. Each one blocks its own thread, even after its caller has given up, and a reply that
 * comes while Node shuts down ends the process with an abort.
 */
export function watchKeychain(parts: {
  readonly clock: Clock;
  readonly load: () => Promise<Keychain>;
}): KeychainCalls {
  const calls = new Set<Promise<unknown>>();
  const watched = <T>(call: Promise<T>): Promise<T> => {
    const ended = call.then(
      () => {},
      () => {},
    );
    calls.add(ended);
    void ended.then(() => calls.delete(ended));
    return call;
  };
  return {
    load: async () => {
      const keychain = await parts.load();
      return {
        getPassword: (...of) => watched(keychain.getPassword(...of)),
        setPassword: (...of) => watched(keychain.setPassword(...of)),
        deletePassword: (...of) => watched(keychain.deletePassword(...of)),
      };
    },
    settle: (withinMs) =>
      withTimeout(
        Promise.all(calls).then(() => 'settled' as const),
        { clock: parts.clock, afterMs: withinMs, late: 'pending' as const },
      ),
  };
}

export type RealApiKey = {
  /** Returns the key of a host, in the keychain of this user. */
  readonly openApiKey: (apiUrl: string) => ApiKey;
  /** Returns any other entry in the same keychain. */
  readonly openEntry: (account: string) => ApiKey;
  readonly keychain: Pick<KeychainCalls, 'settle'>;
};

/** Opens the keychain of this PC, which loads on first use. */
export function openRealApiKey(log: Pick<EventLog, 'write'>): RealApiKey {
  const keychain = watchKeychain({ clock: systemClock, load: loadKeytar });
  const parts = {
    clock: systemClock,
    loadKeychain: keychain.load,
    onTrouble: (trouble: KeychainTrouble) => log.write({ event: 'keychain', trouble }),
  };
  return {
    keychain,
    openApiKey: (apiUrl) => openApiKey({ ...parts, apiUrl }),
    openEntry: (account) => openKeychainEntry({ ...parts, account }),
  };
}
