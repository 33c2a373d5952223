// The folders and files of electron-builder's output, on each system.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * A packed application that has not been put into an installer yet.
 *
 * @typedef {object} Packed
 * @property {string} folder the folder that is installed
 * @property {'linux' | 'win32' | 'darwin'} platform
 * @property {readonly string[]} architectures
 * @property {string} executable holds the fuses
 * @property {string} resources
 */

/** @type {Readonly<Record<string, Pick<Packed, 'platform' | 'architectures'>>>} */
const FOLDERS = {
  'linux-unpacked': { platform: 'linux', architectures: ['x64'] },
  'linux-arm64-unpacked': { platform: 'linux', architectures: ['arm64'] },
  'win-unpacked': { platform: 'win32', architectures: ['x64'] },
  'win-arm64-unpacked': { platform: 'win32', architectures: ['arm64'] },
  mac: { platform: 'darwin', architectures: ['x64'] },
  'mac-arm64': { platform: 'darwin', architectures: ['arm64'] },
  'mac-universal': { platform: 'darwin', architectures: ['x64', 'arm64'] },
};

/** @param {string} folder @param {Packed['platform']} platform */
const placesIn = (folder, platform) => {
  switch (platform) {
    case 'linux':
      return {
        executable: path.join(folder, 'deskbell'),
        resources: path.join(folder, 'resources'),
      };
    case 'win32':
      return {
        executable: path.join(folder, 'Deskbell.exe'),
        resources: path.join(folder, 'resources'),
      };
    case 'darwin': {
      const contents = path.join(folder, 'Deskbell.app/Contents');
      return {
        // On a Mac the fuses are in the framework (https://www.electronjs.org/docs/latest/tutorial/fuses).
        executable: path.join(
          contents,
          'Frameworks/Electron Framework.framework/Versions/A/Electron Framework',
        ),
        resources: path.join(contents, 'Resources'),
      };
    }
    default:
      throw new Error(`unknown platform: ${String(platform)}`);
  }
};

/**
 * @param {string} output electron-builder's
 * @returns {readonly Packed[]} the packed applications there
 */
export const findPacked = (output) =>
  existsSync(output)
    ? readdirSync(output).flatMap((name) => {
        const kind = FOLDERS[name];
        if (kind === undefined) return [];
        const folder = path.join(output, name);
        return [{ folder, ...kind, ...placesIn(folder, kind.platform) }];
      })
    : [];
