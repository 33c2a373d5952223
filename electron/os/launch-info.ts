import { app } from 'electron/main';
import { HIDDEN_SWITCH } from './autostart.ts';

/** macOS says it itself, the others by the switch that was left with them (os/autostart.ts). */
export function wasStartedAtLogin(): boolean {
  if (app.commandLine.hasSwitch(HIDDEN_SWITCH)) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** What starts this very Deskbell again: an AppImage and a portable program are unpacked somewhere else each time. */
export function relaunchCommand(): readonly [string, ...string[]] {
  const { APPIMAGE, PORTABLE_EXECUTABLE_FILE } = process.env;
  const program = APPIMAGE ?? PORTABLE_EXECUTABLE_FILE ?? process.execPath;
  const switches = ['config', 'user-data-dir'] as const;
  return [
    program,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...switches
      .map((name) => ({ name, value: app.commandLine.getSwitchValue(name) }))
      .filter(({ value }) => value !== '')
      .map(({ name, value }) => `--${name}=${value}`),
  ];
}
