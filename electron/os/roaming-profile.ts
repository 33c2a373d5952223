import { statfs } from 'node:fs/promises';
import { regExe, runProgram } from './machine-id.ts';

export type RoamingParts = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves to the standard output of a program. Rejects when it is missing, fails or takes too long. */
  readonly run: (file: string, args: readonly string[]) => Promise<string>;
  /** Returns the magic number of a folder's file system. */
  readonly fileSystemOf: (folder: string) => Promise<number>;
};

const REAL: RoamingParts = {
  platform: process.platform,
  env: process.env,
  run: runProgram,
  fileSystemOf: async (folder) => (await statfs(folder)).type,
};

/** NFS, SMB 1 to 3 and AFS: `statfs` of Linux, https://man7.org/linux/man-pages/man2/statfs.2.html */
const NETWORK_FILE_SYSTEMS = [0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f];

const PROFILES = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';
const CONTAINERS = 'HKLM\\SOFTWARE\\FSLogix\\Profiles';

/**
 * Whether the data folder follows its user from PC to PC: it lies on a server, or in a roaming Windows profile. Then
 * another PC does not mean that the data were copied. False when that cannot be found out.
 */
export async function isRoaming(dataFolder: string, parts: RoamingParts = REAL): Promise<boolean> {
  try {
    if (parts.platform === 'win32') return await isRoamingOnWindows(dataFolder, parts);
    if (parts.platform !== 'linux') return false;
    // As an unsigned 32-bit number, whatever the runtime returns.
    return NETWORK_FILE_SYSTEMS.includes((await parts.fileSystemOf(dataFolder)) >>> 0);
  } catch {
    return false;
  }
}

async function isRoamingOnWindows(
  dataFolder: string,
  { env, run }: RoamingParts,
): Promise<boolean> {
  if (dataFolder.startsWith('\\\\')) return true;
  const { APPDATA: roaming, USERPROFILE: profile } = env;
  if (profile === undefined || !isIn(dataFolder, profile)) return false;
  const ask = (...query: readonly string[]) => run(regExe(), ['query', ...query]).catch(() => '');
  // A profile container is a disk with the whole profile, attached to the PC.
  if (/Enabled\s+REG_DWORD\s+0x1\s/.test(`${await ask(CONTAINERS, '/v', 'Enabled')}\n`))
    return true;
  if (roaming === undefined || !isIn(dataFolder, roaming)) return false;
  return isRoamingProfile(await ask(PROFILES, '/s'), profile);
}

/** The list has one block per profile; a roaming one names its central path. */
function isRoamingProfile(list: string, profile: string): boolean {
  return list.split(/\r?\n\r?\n/).some((block) => {
    const path = /ProfileImagePath\s+REG_\w+\s+(.+)/.exec(block)?.[1]?.trim();
    return (
      path?.toLowerCase() === profile.toLowerCase() &&
      /CentralProfile[ \t]+REG_\w+[ \t]+\S/.test(block)
    );
  });
}

function isIn(folder: string, outer: string): boolean {
  return `${folder.toLowerCase()}\\`.startsWith(`${outer.toLowerCase()}\\`);
}
