// Copies the project to Wine's drive C: the files that tests read, and the two native modules with their binaries.
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

/** The project's folder on drive C. */
export const PROJECT = 'deskbell';
/** The folder of the bundles, in the project's. */
export const BUNDLES = 'out/bundles';

const WANTED = [
  '.oxlintrc.json',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'build',
  'docs',
  'electron',
  'electron-builder.yml',
  'package.json',
  'renderer',
  'shared',
  'test',
  'tsconfig.base.json',
  'tsconfig.json',
  'vite.config.ts',
  'vitest.config.ts',
];

const MODULES = ['better-sqlite3', 'keytar'];

/**
 * Copies the files that the tests need, and replaces those of an earlier run.
 *
 * @param {string} project
 * @returns {Promise<void>}
 */
export const layOut = async (project) => {
  await rm(project, { recursive: true, force: true });
  await mkdir(project, { recursive: true });
  for (const name of WANTED) {
    await cp(path.join(root, name), path.join(project, name), { recursive: true });
  }
  for (const name of MODULES) {
    const from = path.join(root, 'node_modules', name);
    await cp(from, path.join(project, 'node_modules', name), {
      recursive: true,
      // Omits the binary that set-up compiled for this system.
      filter: (file) => !file.startsWith(path.join(from, 'build')),
    });
  }
  // The code that quotes command lines reads Electron's version.
  const electron = 'node_modules/electron/package.json';
  await cp(path.join(root, electron), path.join(project, electron));
  const program = path.join(root, 'build/windows/run-typescript.mjs');
  await cp(program, path.join(project, 'build/run-typescript.mjs'));
};
