import { isAbsolute, join, win32 } from 'node:path';

/**
 * A folder of this user beside all data folders, for what must not come back with one of them: it is not carried from PC
 * to PC with a Windows profile. `XDG_STATE_HOME` names it on every system.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function stateFolder(parts: {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}): string {
  const { platform, env, homeFolder } = parts;
  const { XDG_STATE_HOME: named, LOCALAPPDATA: local } = env;
  if (named !== undefined && isAbsolute(named)) return join(named, 'deskbell');
  if (platform === 'win32')
    return join(local ?? join(homeFolder, 'AppData', 'Local'), 'deskbell-state');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Preferences', 'deskbell');
  return join(homeFolder, '.local', 'state', 'deskbell');
}

/**
 * Whether other users may be able to read a data folder: Windows knows no modes of files, and only what lies in a user's
 * profile is kept from others there.
 */
export function isOutsideProfile(
  folder: string,
  parts: { readonly platform: NodeJS.Platform; readonly homeFolder: string },
): boolean {
  if (parts.platform !== 'win32') return false;
  const way = win32.relative(parts.homeFolder, win32.resolve(folder));
  return way === '..' || way.startsWith('..\\') || win32.isAbsolute(way);
}
