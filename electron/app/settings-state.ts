import {
  effectiveSettings,
  withoutGaps,
  type PartialSettings,
  type Settings,
} from '../../shared/settings.ts';
import type { Store } from '../store/store.ts';

/** The settings in force: those of IT over the saved ones, over those of the PC. */
export type SettingsState = {
  readonly read: () => Settings;
  /** Saves a change and tells the listeners. Throws what the store throws; nothing has changed then. */
  readonly save: (change: PartialSettings) => void;
  /** Calls `listener` after each change, when `read` has it. */
  readonly onChange: (listener: () => void) => void;
};

type SettingsStateParts = {
  readonly store: Pick<Store, 'readSettings' | 'saveSettings'>;
  /** What the PC suggests where nobody has chosen. */
  readonly system: PartialSettings;
  /** What IT has fixed. */
  readonly fixed: PartialSettings;
};

/** Reads the saved settings once; from then on it knows every change, because each one is saved through it. */
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
