import type { HotKey, SystemSettingsStatus } from '../../shared/system-settings.ts';
import type { Settings } from '../../shared/settings.ts';

export type SystemSettings = Pick<Settings, 'startWithComputer' | 'hotKey' | 'kiosk' | 'deepLink'>;

export type SystemSettingsParts = {
  readonly setAutostart: (wish: 'on' | 'off') => 'done' | 'failed';
  /** Returns false when another program has the key. */
  readonly registerHotKey: (key: HotKey) => boolean;
  readonly releaseHotKey: (key: HotKey) => void;
  readonly setLinkHandler: (wish: 'on' | 'off') => void;
  readonly setKiosk: (wish: 'on' | 'off') => void;
  readonly reportBug: (error: unknown) => void;
};

export type SystemSettingsApplier = {
  /** Applies the settings to the system, as far as they are not applied yet. */
  readonly follow: (wishes: SystemSettings) => void;
  readonly standing: () => SystemSettingsStatus;
};

/** Applies system settings (hot-key, autostart, links). If the system refuses, that is reported and nothing stops. */
export function createSystemSettings(parts: SystemSettingsParts): SystemSettingsApplier {
  let followed: SystemSettings | undefined;
  let standing: SystemSettingsStatus = { hotKey: 'off', autostart: 'off' };

  const attempt = <T>(task: () => T, otherwise: T): T => {
    try {
      return task();
    } catch (error) {
      parts.reportBug(error);
      return otherwise;
    }
  };
  const setHotKey = (
    before: HotKey | null,
    next: HotKey | null,
  ): SystemSettingsStatus['hotKey'] => {
    if (before !== null) attempt(() => parts.releaseHotKey(before), undefined);
    if (next === null) return 'off';
    return attempt(() => parts.registerHotKey(next), false) ? 'works' : 'taken';
  };
  const setAutostart = (wanted: boolean): SystemSettingsStatus['autostart'] => {
    const done = attempt(() => parts.setAutostart(onOff(wanted)), 'failed');
    if (done === 'failed') return 'failed';
    return wanted ? 'works' : 'off';
  };

  return {
    follow: (wishes) => {
      const before = followed;
      followed = wishes;
      if (before?.kiosk !== wishes.kiosk) {
        attempt(() => parts.setKiosk(onOff(wishes.kiosk)), undefined);
      }
      if (before?.hotKey !== wishes.hotKey) {
        standing = { ...standing, hotKey: setHotKey(before?.hotKey ?? null, wishes.hotKey) };
      }
      if (before?.startWithComputer !== wishes.startWithComputer) {
        standing = { ...standing, autostart: setAutostart(wishes.startWithComputer) };
      }
      if (before?.deepLink !== wishes.deepLink) {
        attempt(() => parts.setLinkHandler(onOff(wishes.deepLink)), undefined);
      }
    },
    standing: () => standing,
  };
}

function onOff(wanted: boolean): 'on' | 'off' {
  return wanted ? 'on' : 'off';
}
