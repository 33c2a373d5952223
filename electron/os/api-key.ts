import { SECOND_MS, type Clock } from '../../shared/time.ts';
import { withTimeout } from '../../shared/with-timeout.ts';

/** The result of reading the keychain. Never treat `unavailable` as `absent`: it proves nothing. */
export type KeyReading =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly why: KeychainTrouble };

/** `timeout`: the keychain waits to be unlocked. */
export type KeychainTrouble = 'unavailable' | 'timeout';

export type KeyWriting =
  { readonly kind: 'done' } | { readonly kind: 'unavailable'; readonly why: KeychainTrouble };

/** The API key of one host. Read for each request and never cached. */
export type ApiKey = {
  readonly read: () => Promise<KeyReading>;
  readonly save: (key: string) => Promise<KeyWriting>;
  readonly remove: () => Promise<KeyWriting>;
};

/** The part of keytar that is used. */
export type Keychain = {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, password: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
};

const SERVICE = 'deskbell';
/** Otherwise a locked keychain with a prompt on another screen would block for ever. */
const PATIENCE_MS = 5 * SECOND_MS;

type EntryParts = {
  readonly clock: Clock;
  readonly loadKeychain: () => Promise<Keychain>;
  /** Gets the kind of trouble in one word; the error itself may contain data that must not be logged. */
  readonly onTrouble: (trouble: KeychainTrouble) => void;
};

/**
 * Opens the keychain entry of the host in `apiUrl`, port included: a key stored for one host is never read for
 * another. `loadKeychain` may fail (no native module): the keychain is `unavailable` then.
 */
export function openApiKey({ apiUrl, ...parts }: EntryParts & { readonly apiUrl: string }): ApiKey {
  return openKeychainEntry({ ...parts, account: new URL(apiUrl).host });
}

/** Opens an entry of the keychain by its account, in the same way. */
export function openKeychainEntry({
  account,
  ...parts
}: EntryParts & { readonly account: string }): ApiKey {
  const ask = async <T>(
    question: (keychain: Keychain) => Promise<T>,
  ): Promise<
    | { readonly kind: 'answer'; readonly value: T }
    | { readonly kind: 'unavailable'; readonly why: KeychainTrouble }
  > => {
    const answered = parts
      .loadKeychain()
      .then(question)
      .then((value) => ({ kind: 'answer', value }) as const)
      .catch(() => 'unavailable' as const);
    const late = 'timeout' as const;
    const first = await withTimeout(answered, { clock: parts.clock, afterMs: PATIENCE_MS, late });
    if (typeof first === 'object') return first;
    parts.onTrouble(first);
    return { kind: 'unavailable', why: first };
  };

  return {
    read: async () => {
      const answer = await ask((keychain) => keychain.getPassword(SERVICE, account));
      if (answer.kind === 'unavailable') return answer;
      return answer.value === null ? { kind: 'absent' } : { kind: 'key', key: answer.value };
    },
    save: async (key) => {
      const answer = await ask((keychain) => keychain.setPassword(SERVICE, account, key));
      return answer.kind === 'unavailable' ? answer : { kind: 'done' };
    },
    remove: async () => {
      const answer = await ask((keychain) => keychain.deletePassword(SERVICE, account));
      return answer.kind === 'unavailable' ? answer : { kind: 'done' };
    },
  };
}

/** The keychain of the operating system. Rejects where its native module does not load. */
export async function loadKeytar(): Promise<Keychain> {
  return (await import('keytar')).default;
}
