import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { isRoaming, type RoamingParts } from '../../../electron/os/roaming-profile.ts';

const ENV = {
  USERPROFILE: 'C:\\Users\\reception',
  APPDATA: 'C:\\Users\\reception\\AppData\\Roaming',
};
const FOLDER = `${ENV.APPDATA}\\deskbell`;
const PROFILE_LIST =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

/** The output of `reg query … /s` for two profiles; only the first user's profile may roam. */
const profiles = (central: string) =>
  [
    `${PROFILE_LIST}\\S-1-5-21-1-1001`,
    '    ProfileImagePath    REG_EXPAND_SZ    C:\\Users\\reception',
    `    CentralProfile    REG_SZ    ${central}`,
    '    State    REG_DWORD    0x0',
    '',
    `${PROFILE_LIST}\\S-1-5-21-1-1002`,
    '    ProfileImagePath    REG_EXPAND_SZ    C:\\Users\\manager',
    '    CentralProfile    REG_SZ    \\\\server\\profiles\\manager.V6',
    '',
  ].join('\r\n');

function windows(answers: {
  readonly profiles?: string;
  readonly container?: string;
}): RoamingParts {
  return {
    platform: 'win32',
    env: ENV,
    run: async (_file, args) => {
      const answer = args.some((arg) => arg.includes('FSLogix'))
        ? answers.container
        : answers.profiles;
      if (answer === undefined) throw new Error('ERROR: unable to find the key');
      return answer;
    },
    fileSystemOf: async () => Promise.reject(new Error('not asked on Windows')),
  };
}

test.each([
  ['a roaming profile', FOLDER, { profiles: profiles('\\\\server\\profiles\\reception.V6') }, true],
  ['a local profile', FOLDER, { profiles: profiles('') }, false],
  ['a list that cannot be read', FOLDER, {}, false],
  [
    'a folder beside a roaming profile',
    'D:\\deskbell',
    { profiles: profiles('\\\\server\\profiles\\reception.V6') },
    false,
  ],
  ['a folder on a server', '\\\\server\\home\\deskbell', {}, true],
  ['a container', FOLDER, { container: '    Enabled    REG_DWORD    0x1\r\n' }, true],
  [
    'a disabled container',
    FOLDER,
    { container: '    Enabled    REG_DWORD    0x0\r\n', profiles: profiles('') },
    false,
  ],
])('[row 134] Windows: %s', async (_title, folder, answers, expected) => {
  expect(await isRoaming(folder, windows(answers))).toBe(expected);
});

test.each([
  ['NFS', 0x6969, true],
  ['SMB', 0xfe534d42, true],
  ['SMB as a negative number', 0xfe534d42 | 0, true],
  ['ext4', 0xef53, false],
])('[row 134] Linux: %s', async (_title, type, expected) => {
  const parts = { ...windows({}), platform: 'linux', fileSystemOf: async () => type } as const;
  expect(await isRoaming('/home/reception/.config/deskbell', parts)).toBe(expected);
});

test('[row 134] assumes a folder that does not roam where this cannot be read', async () => {
  expect(await isRoaming(FOLDER, { ...windows({}), platform: 'linux' })).toBe(false);
  expect(await isRoaming('/Users/reception', { ...windows({}), platform: 'darwin' })).toBe(false);
  if (process.platform === 'linux') expect(await isRoaming(tmpdir())).toBe(false);
});
