import type { Mode } from './desk-session.ts';
import type { ApiKey } from '../os/api-key.ts';
import { classifyStorageError } from '../store/file/storage-errors.ts';
import type { Store } from '../store/store.ts';

/**
 * Practice until Deskbell is in real use: a key, or a saved invitation, makes it live. That is remembered in the log,
 * because the retention takes the rows away and a keychain that cannot be read says nothing.
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
  try {
    live.keepInUse('key');
  } catch (error) {
    // A disk that is full is no reason not to work: the key is there.
    if (classifyStorageError(error) === undefined) throw error;
  }
  return 'live';
}
