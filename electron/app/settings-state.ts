import {
  effectiveSettings,
  withoutGaps,
  type PartialSettings,
  type Settings,
} from '../../shared/settings.ts';
import type { Store } from '../store/store.ts';

/** The settings in force: those of IT override the saved ones, which override those of the PC. */
export type SettingsState = {
  readonly read: () => Settings;
  /** Saves a change and calls the listeners. If the store throws, this throws too and nothing has changed. */
  readonly save: (change: PartialSettings) => void;
  /** Calls `listener` after each change, when `read` returns it. */
  readonly onChange: (listener: () => void) => void;
};

type SettingsStateParts = {
  readonly store: Pick<Store, 'readSettings' | 'saveSettings'>;
  /** Defaults from the PC. */
  readonly system: PartialSettings;
  /** Settings fixed by IT. */
  readonly fixed: PartialSettings;
};

/** Reads the saved settings once; each later change is saved through it, so no second read is needed. */
export function createSettingsState({ store, system, fixed }: SettingsStateParts): SettingsState {
  let saved = store.readSettings();
  const listeners: (() => void)[] = [];
  const inForce = (): Settings => effectiveSettings({ ...system, ...saved }, fixed);
  let current = inForce();
  return {
    read: () => current,
    save: (change) => {
      store.saveSettings(change);
      saved = { ...saved, ...withoutGaps(change) };
      current = inForce();
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
