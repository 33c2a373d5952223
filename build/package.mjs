// npm run package: sets up, builds and packs. With the substitute Electron the result is a folder to look at.
import path from 'node:path';
import { launchCommand } from './launch.mjs';
import { runInForeground, runProgram } from './program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';
import { recall } from './setup/memory.mjs';
import { root } from './setup/places.mjs';
import { tool } from './tool.mjs';

/** The packager fetches what it needs, except where the official Electron could not be fetched. */
const chooseElectron = () => {
  const folder = path.dirname(launchCommand().executable);
  if (folder.startsWith(path.join(root, 'node_modules'))) return [];
  const version = recall(path.join(folder, 'version')) ?? '';
  return ['--linux', 'dir', `-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
};

await runProgram(async (signal) => {
  await setUp('open', signal);
  await ensureBuilt(signal);
  const command = [tool('electron-builder'), '--publish', 'never', ...chooseElectron()];
  return runInForeground(process.execPath, [...command, ...process.argv.slice(2)], { signal });
});
