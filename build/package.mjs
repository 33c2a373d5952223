// npm run package: sets up, builds, packs for this system, and checks the package. Arguments after `--` go to
// electron-builder. With the substitute Electron the result is one folder, for inspection only.
import path from 'node:path';
import { addedBytes } from './package/check.mjs';
import { pack } from './package/pack.mjs';
import { runProgram } from './run-program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';
import { root } from './setup/paths.mjs';

await runProgram(async (signal) => {
  await setUp('open', signal);
  await ensureBuilt(signal);
  console.error('• Packing');
  const packages = await pack({
    output: path.join(root, 'dist'),
    args: process.argv.slice(2),
    signal,
  });
  for (const packed of packages) {
    const megabytes = (addedBytes(packed) / 1024 / 1024).toFixed(1);
    console.log(`✓ ${path.relative(root, packed.folder)}: ${megabytes} MiB beside Electron`);
  }
  return 0;
});
