import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stateFolder } from '../../../electron/os/state-folder.ts';

const homeFolder = '/home/lea';

test.each([
  ['linux', {}, '/home/lea/.local/state/deskbell'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/deskbell'],
  ['linux', { XDG_STATE_HOME: 'beside' }, '/home/lea/.local/state/deskbell'],
  ['darwin', {}, '/home/lea/Library/Preferences/deskbell'],
  ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'deskbell-state')],
  ['win32', {}, join(homeFolder, 'AppData', 'Local', 'deskbell-state')],
] as const)('[row 135] on %s with %j it is %s', (platform, env, folder) => {
  expect(stateFolder({ platform, env, homeFolder })).toBe(folder);
});
