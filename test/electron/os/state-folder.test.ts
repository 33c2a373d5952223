import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isOutsideProfile, stateFolder } from '../../../electron/os/state-folder.ts';

const homeFolder = '/home/lea';

test.each([
  ['linux', {}, join(homeFolder, '.local/state/deskbell')],
  ['linux', { XDG_STATE_HOME: '/state' }, join('/state/deskbell')],
  ['linux', { XDG_STATE_HOME: 'beside' }, join(homeFolder, '.local/state/deskbell')],
  ['darwin', {}, join(homeFolder, 'Library/Preferences/deskbell')],
  ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'deskbell-state')],
  ['win32', {}, join(homeFolder, 'AppData', 'Local', 'deskbell-state')],
] as const)('[row 135] on %s with %j it is %s', (platform, env, folder) => {
  expect(stateFolder({ platform, env, homeFolder })).toBe(folder);
});

test.each([
  [String.raw`C:\Users\Marie\AppData\Roaming\deskbell`, false],
  [String.raw`c:\users\marie\Desk`, false],
  [String.raw`C:\Users\Marie\..data`, false],
  [String.raw`C:\Users\Marie2\deskbell`, true],
  [String.raw`C:\ProgramData\deskbell`, true],
  [String.raw`D:\deskbell`, true],
  [String.raw`\\server\share\deskbell`, true],
  [String.raw`C:\Users\Marie\..\Public`, true],
])('[row 176] other users may read %s on Windows: %s', (folder, isOutside) => {
  const profile = String.raw`C:\Users\Marie`;
  expect(isOutsideProfile(folder, { platform: 'win32', homeFolder: profile })).toBe(isOutside);
  expect(isOutsideProfile(folder, { platform: 'linux', homeFolder: profile })).toBe(false);
});
