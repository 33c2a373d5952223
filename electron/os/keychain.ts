import type { Clock } from '../../shared/time.ts';
import type { Keychain } from './api-key.ts';

export type KeychainCalls = {
  /** The keychain, each call of which is known until it has been answered. */
  readonly load: () => Promise<Keychain>;
  /** Resolves when nothing is asked of the keychain any more, or after so long. */
  readonly settle: (withinMs: number) => Promise<'settled' | 'pending'>;
};

/**
 * Keeps account of the calls to a keychain. Each one waits in a thread of its own, also when nobody waits for it any more,
 * and one that is answered while Node is being taken down ends the process with an abort.
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
    settle: async (withinMs) => {
      let cancel = () => {};
      const late = new Promise<'pending'>((resolve) => {
        cancel = parts.clock.after(withinMs, () => resolve('pending'));
      });
      const settled = Promise.all(calls).then(() => 'settled' as const);
      const first = await Promise.race([settled, late]);
      cancel();
      return first;
    },
  };
}
