import type { ManagedConfig } from '../settings/managed-config.ts';
import type { ApiKey } from '../os/api-key.ts';
import { tryToRemoveFileAsync } from '../files/rename-and-remove.ts';
import { parseApiKey } from '../../shared/api-key.ts';
import { effectiveSettings } from '../../shared/settings.ts';
import type { Clock } from '../../shared/time.ts';
import { describeConfigProblem } from './describe-config-problem.ts';
import { readInput, type InputSource } from './read-input.ts';

/**
 * `deskbell --set-api-key < key.txt` or `--set-api-key=key.txt`: stores the key for the host of `apiUrl`, for roll-out
 * by script. Deletes the file only after the key is stored. Resolves to the exit code.
 */
export async function setApiKey(parts: {
  readonly managed: ManagedConfig;
  readonly source: InputSource;
  readonly clock: Pick<Clock, 'after'>;
  readonly say: (line: string) => void;
  readonly openApiKey: (apiUrl: string) => ApiKey;
}): Promise<0 | 1> {
  if (parts.managed.kind === 'broken') {
    parts.say(describeConfigProblem(parts.managed.problem));
    return 1;
  }
  const { apiUrl } = effectiveSettings({}, parts.managed.settings);
  const { source } = parts;
  const input = await readInput(source, parts.clock, 'set-api-key');
  if (input.kind === 'unreadable') {
    parts.say(`No key was stored: ${input.why}.`);
    return 1;
  }
  const parsed = parseApiKey(input.text);
  if (!parsed.ok) {
    parts.say(
      `No key was stored: ${parsed.why === 'empty' ? `${input.name} was empty.` : KEY_ADVICE[parsed.why]}`,
    );
    return 1;
  }
  const written = await parts.openApiKey(apiUrl).save(parsed.key);
  if (written.kind === 'unavailable') {
    parts.say('No key was stored: the keychain of this user cannot be reached or is locked.');
    return 1;
  }
  parts.say(`The key for ${new URL(apiUrl).host} is stored.`);
  if (source.kind === 'stream' || (await tryToRemoveFileAsync(source.path))) return 0;
  parts.say(`${source.path} still holds it and cannot be deleted: delete it.`);
  return 1;
}

const KEY_ADVICE = {
  characters: 'a key is one word of visible ASCII characters.',
  'too-long': 'that is longer than a keychain can hold.',
} as const;
