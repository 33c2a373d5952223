import { app } from 'electron/main';
import { HIDDEN_SWITCH } from './autostart.ts';

/** Whether the system started Deskbell at login. macOS reports it; the others pass a switch (os/autostart.ts). */
export function wasStartedAtLogin(): boolean {
  if (app.commandLine.hasSwitch(HIDDEN_SWITCH)) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/**
 * Returns the command that starts this installation again: an AppImage and a portable program are unpacked to another
 * place each time.
 */
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
