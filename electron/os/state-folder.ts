import { isAbsolute, join, win32 } from 'node:path';

/**
 * Returns a folder of this user outside all data folders, for data that must not come back with a restored or copied
 * data folder: it does not roam with a Windows profile. `XDG_STATE_HOME` sets it on every system.
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
 * Whether other users may be able to read a data folder: Windows has no file modes, and only a user's profile is
 * protected from others there.
 */
export function isOutsideProfile(
  folder: string,
  parts: { readonly platform: NodeJS.Platform; readonly homeFolder: string },
): boolean {
  if (parts.platform !== 'win32') return false;
  const way = win32.relative(parts.homeFolder, win32.resolve(folder));
  return way === '..' || way.startsWith('..\\') || win32.isAbsolute(way);
}
