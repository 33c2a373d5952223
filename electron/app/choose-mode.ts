import type { ApiKey } from '../os/api-key.ts';
import { ignoreStorageErrors } from '../store/file/storage-errors.ts';
import type { Store } from '../store/store.ts';

export type Mode = 'live' | 'practice';

/**
 * Chooses practice until Deskbell is in real use: a key or a saved invitation makes it live. The database remembers
 * that, because the retention deletes the rows and an unreadable keychain proves nothing.
 */
export async function chooseMode(
  start: 'practice' | 'automatic',
  live: Pick<Store, 'readInUse' | 'keepInUse'>,
  apiKey: ApiKey,
): Promise<Mode> {
  if (start === 'practice') return 'practice';
  if (live.readInUse() === 'invitations') return 'live';
  if ((await apiKey.read()).kind !== 'key')
    return live.readInUse() === undefined ? 'practice' : 'live';
  // A full disk does not block the live mode: the key is there.
  ignoreStorageErrors(() => live.keepInUse('key'));
  return 'live';
}
