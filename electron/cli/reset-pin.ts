import { join } from 'node:path';
import type { EventLog } from '../event-log.ts';
import { systemClock } from '../os/system-clock.ts';

/**
 * `--reset-pin`: removes a forgotten manager's PIN and changes nothing else. Deskbell must not be running on the same
 * data. Resolves to the exit code.
 */
export async function resetPin(parts: {
  readonly dataFolder: string;
  readonly log: Pick<EventLog, 'write'>;
}): Promise<0 | 1> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { openStore } = await import('../store/file/open-store.ts');
  const opening = openStore({
    path: join(parts.dataFolder, 'deskbell.db'),
    now: systemClock.now,
    onBadRow: () => {},
  });
  if (opening.kind === 'cannot-open') {
    say(
      opening.why === 'in-use'
        ? 'PIN not removed. Quit Deskbell first, also if it is running in the background.'
        : `PIN not removed: Deskbell’s data can’t be opened (${opening.why}).`,
    );
    return 1;
  }
  const { store } = opening;
  try {
    const wasSet = store.readPin() !== undefined;
    store.removePin();
    if (wasSet) parts.log.write({ event: 'pin', what: 'reset' });
    say(wasSet ? 'PIN removed.' : 'There was no PIN.');
    return 0;
  } finally {
    store.close();
  }
}
