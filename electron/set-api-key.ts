import { buffer } from 'node:stream/consumers';
import type { Managed } from './config.ts';
import type { ApiKey } from './os/api-key.ts';
import { decodeText } from './text-file.ts';
import { parseApiKey } from '../shared/api-key.ts';
import { effectiveSettings } from '../shared/settings.ts';

/**
 * `deskbell --set-api-key < key.txt`: stores the key for the host of `apiUrl`, for roll-out by script. The key comes
 * on standard input, because arguments are visible to every user of the PC. Resolves to the exit code.
 */
export async function setApiKey(parts: {
  readonly managed: Managed;
  readonly input: NodeJS.ReadableStream;
  readonly say: (line: string) => void;
  readonly openApiKey: (apiUrl: string) => ApiKey;
}): Promise<0 | 1> {
  if (parts.managed.kind === 'broken') {
    const { file, line, key, detail } = parts.managed.problem;
    parts.say(
      `${file}${line === null ? '' : `:${line}`}: ${key === '' ? '' : `${key}: `}${detail}`,
    );
    return 1;
  }
  const { apiUrl } = effectiveSettings({}, parts.managed.settings);
  const decoded = decodeText(await buffer(parts.input));
  if (decoded.kind === 'undecodable') {
    parts.say(`No key was stored: standard input ${decoded.detail}.`);
    return 1;
  }
  const parsed = parseApiKey(decoded.text);
  if (!parsed.ok) {
    parts.say(`No key was stored: ${KEY_ADVICE[parsed.why]}`);
    return 1;
  }
  const written = await parts.openApiKey(apiUrl).save(parsed.key);
  if (written.kind === 'unavailable') {
    parts.say('No key was stored: the keychain of this user cannot be reached or is locked.');
    return 1;
  }
  parts.say(`The key for ${new URL(apiUrl).host} is stored.`);
  return 0;
}

const KEY_ADVICE = {
  empty: 'standard input was empty.',
  characters: 'a key is one word of visible ASCII characters.',
  'too-long': 'that is longer than a keychain can hold.',
} as const;
