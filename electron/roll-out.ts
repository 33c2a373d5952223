import { app } from 'electron/main';
import { exitWith } from './ending.ts';
import type { Log } from './log.ts';
import { managedHere } from './managed-here.ts';
import { openRealApiKey } from './real-api-key.ts';
import { resetPin } from './reset-pin.ts';
import { setApiKey } from './set-api-key.ts';

/** `--set-api-key`: stores the key that comes on standard input, and ends. */
export async function storeKey(log: Log): Promise<void> {
  const { openApiKey, keychain } = openRealApiKey(log);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const parts = { managed: managedHere(), input: process.stdin, say, openApiKey };
  await exitWith(await setApiKey(parts), keychain);
}

/** `--reset-pin`: takes the manager's PIN away, and ends. */
export async function removePin(dataFolder: string, log: Log): Promise<void> {
  app.exit(await resetPin({ dataFolder, log }));
}
