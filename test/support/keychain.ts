import type { Keychain } from '../../electron/os/api-key.ts';

export type TestKeychain = {
  readonly port: Keychain;
  /** Its content, by account. */
  readonly held: () => Readonly<Record<string, string>>;
  /** How it behaves from now on. `locked` returns nothing, as a locked one does. */
  readonly behave: (how: 'well' | 'throws' | 'hangs' | 'locked') => void;
};

/** A keychain in memory, with the three failures of real ones. */
export function createKeychain(entries: Readonly<Record<string, string>> = {}): TestKeychain {
  const passwords = new Map(Object.entries(entries));
  let how: 'well' | 'throws' | 'hangs' | 'locked' = 'well';

  const answer = async <T>(service: string, well: () => T, locked: () => T): Promise<T> => {
    if (service !== 'deskbell') throw new Error(`a foreign service: ${service}`);
    switch (how) {
      case 'well':
        return well();
      case 'locked':
        return locked();
      case 'throws':
        throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
      case 'hangs':
        return new Promise<never>(() => {});
    }
  };

  return {
    port: {
      getPassword: (service, account) =>
        answer(
          service,
          () => passwords.get(account) ?? null,
          () => null,
        ),
      setPassword: (service, account, password) =>
        answer(
          service,
          () => void passwords.set(account, password),
          () => {},
        ),
      deletePassword: (service, account) =>
        answer(
          service,
          () => passwords.delete(account),
          () => false,
        ),
    },
    held: () => Object.fromEntries(passwords),
    behave: (next) => {
      how = next;
    },
  };
}
