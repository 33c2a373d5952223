import type { Central } from '../../shared/central-settings.ts';
import {
  effectiveSettings,
  withoutGaps,
  type PartialSettings,
  type Settings,
} from '../../shared/settings.ts';
import type { Store } from '../store/store.ts';

/**
 * The settings in force: those of IT for this PC override those of the organisation, which override the saved ones, which override
 * those of the PC.
 */
export type SettingsState = {
  readonly read: () => Settings;
  /** Saves a change and calls the listeners. If the store throws, this throws too and nothing has changed. */
  readonly save: (change: PartialSettings) => void;
  /** The staff that was saved at this desk. */
  readonly ownStaff: () => readonly string[];
  /** What the site database gives to this desk. */
  readonly central: () => Central;
  /** Applies central settings, and calls the listeners where they are of another version. */
  readonly setCentral: (central: Central) => void;
  /** Calls `listener` after each change, when `read` returns it. */
  readonly onChange: (listener: () => void) => void;
};

type SettingsStateParts = {
  readonly store: Pick<Store, 'readSettings' | 'saveSettings'>;
  /** Defaults from the PC. */
  readonly system: PartialSettings;
  /** Settings fixed by IT. */
  readonly fixed: PartialSettings;
  /** As it was kept: a desk starts with it. */
  readonly central: Central;
};

/** Reads the saved settings once; each later change is saved through it, so no second read is needed. */
export function createSettingsState(parts: SettingsStateParts): SettingsState {
  const { store, system, fixed } = parts;
  let saved = store.readSettings();
  let { central } = parts;
  const listeners: (() => void)[] = [];
  const inForce = (): Settings =>
    effectiveSettings({ ...system, ...saved, ...withoutGaps(central.settings) }, fixed);
  let current = inForce();
  const refresh = (): void => {
    current = inForce();
    for (const listener of listeners) listener();
  };
  return {
    read: () => current,
    save: (change) => {
      store.saveSettings(change);
      saved = { ...saved, ...withoutGaps(change) };
      refresh();
    },
    ownStaff: () => saved.staff ?? [],
    central: () => central,
    setCentral: (next) => {
      if (next.version === central.version) return;
      central = next;
      refresh();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
