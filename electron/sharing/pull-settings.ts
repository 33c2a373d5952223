import { readCentral, takeCentral, type Central } from '../../shared/central-settings.ts';
import type { Store } from '../store/store.ts';
import type { SiteCalls } from './site-calls.ts';

export type PullSettingsParts = {
  readonly calls: Pick<SiteCalls, 'call'>;
  readonly store: Pick<Store, 'readSharing' | 'keepCentralSettings'>;
  /** Applies the central settings; resolves when they hold. */
  readonly onSettings: (central: Central) => Promise<void>;
};

/** Reads the central settings and stores them for the next start. */
export async function pullSettings(parts: PullSettingsParts): Promise<'done' | 'no-answer'> {
  const { calls, store } = parts;
  const answer = await calls.call((database) => database.settings());
  if (answer === undefined) return 'no-answer';
  const central = takeCentral(answer, readCentral(store.readSharing()?.settings));
  store.keepCentralSettings(central);
  await parts.onSettings(central);
  return 'done';
}

/** Reads the central settings where the kept ones are of another version. */
export async function pullChangedSettings(
  parts: PullSettingsParts,
  version: string,
): Promise<'done' | 'no-answer'> {
  const kept = readCentral(parts.store.readSharing()?.settings);
  return kept.version === version ? 'done' : pullSettings(parts);
}
