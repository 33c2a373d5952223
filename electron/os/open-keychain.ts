import type { EventLog } from '../event-log.ts';
import { loadKeytar, openApiKey, type ApiKey } from './api-key.ts';
import { systemClock } from './system-clock.ts';
import { watchKeychain, type KeychainCalls } from './keychain-calls.ts';

export type RealApiKey = {
  /** Returns the key of a host, in the keychain of this user. */
  readonly openApiKey: (apiUrl: string) => ApiKey;
  readonly keychain: Pick<KeychainCalls, 'settle'>;
};

/** Opens the keychain of this PC, which loads on first use. */
export function openRealApiKey(log: Pick<EventLog, 'write'>): RealApiKey {
  const keychain = watchKeychain({ clock: systemClock, load: loadKeytar });
  return {
    keychain,
    openApiKey: (apiUrl) =>
      openApiKey({
        apiUrl,
        clock: systemClock,
        loadKeychain: keychain.load,
        onTrouble: (trouble) => log.write({ event: 'keychain', trouble }),
      }),
  };
}
