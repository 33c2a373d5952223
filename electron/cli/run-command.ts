import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron/main';
import { exitWith } from '../lifecycle/quit.ts';
import type { EventLog } from '../event-log.ts';
import { readManagedConfigHere } from '../lifecycle/read-managed-config.ts';
import { systemClock } from '../os/system-clock.ts';
import { openRealApiKey } from '../os/keychain.ts';
import { resetPin } from './reset-pin.ts';
import { setApiKey, type KeySource } from './set-api-key.ts';

/** `--set-api-key`: stores the key from a file or standard input, and exits. */
export async function storeKey(log: EventLog): Promise<void> {
  const { openApiKey, keychain } = openRealApiKey(log);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const source = keySource(app.commandLine.getSwitchValue('set-api-key'));
  const parts = { managed: readManagedConfigHere(), source, clock: systemClock, say, openApiKey };
  await exitWith(await setApiKey(parts), keychain);
}

function keySource(file: string): KeySource {
  if (file !== '') return { kind: 'file', path: resolve(file) };
  if (process.platform !== 'win32')
    return { kind: 'stream', stream: process.stdin, mayHang: false };
  // Electron replaces `process.stdin` with an empty stream there; descriptor 0 is still the real input.
  return { kind: 'stream', stream: createReadStream('', { fd: 0 }), mayHang: true };
}

/** `--reset-pin`: removes the manager's PIN, and exits. */
export async function removePin(dataFolder: string, log: EventLog): Promise<void> {
  app.exit(await resetPin({ dataFolder, log }));
}
