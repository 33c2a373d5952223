import type { Mode } from './open-desk.ts';
import type { ApiKey } from './os/api-key.ts';
import type { Store } from './store/store.ts';

/**
 * Practice until Deskbell is in real use: a key, or a live log with anything in it, makes it live. A keychain that
 * cannot be read says nothing, so a desk in use stays live and its banner says what is wrong.
 */
export async function chooseMode(
  start: 'practice' | 'automatic',
  live: Store,
  apiKey: ApiKey,
): Promise<Mode> {
  if (start === 'practice') return 'practice';
  const unused =
    live.countOpen() === 0 &&
    live.listFinished({ before: null, limit: 1 }).invitations.length === 0;
  if (!unused) return 'live';
  return (await apiKey.read()).kind === 'key' ? 'live' : 'practice';
}
