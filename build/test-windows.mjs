// npm run test:windows: runs the tests of the Node level on Windows' Node under Wine, with the Windows binaries.
// The last line is `N passed, N failed`. Arguments are parts of the paths of test files; none means all.
//
// README.md says what this covers. `npm test` does not include it: it needs Linux, Debian's wine64 and some minutes.
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { sum } from './test-counts.mjs';
import { runProgram } from './run-program.mjs';
import { setUp } from './setup.mjs';
import { ensureLibraries } from './setup/libraries.mjs';
import { cacheFolder, root } from './setup/paths.mjs';
import { bundleTests } from './windows/bundle.mjs';
import { BUNDLES, layOut, PROJECT } from './windows/lay-out.mjs';
import { runInWine } from './windows/run-in-wine.mjs';
import { findWine, openWine } from './windows/wine.mjs';

/** @param {string} line */
const say = (line) => console.error(`• ${line}`);

await runProgram(async (signal) => {
  await setUp('check', signal);
  if (findWine() === undefined) {
    await ensureLibraries({ required: ['wine'], wanted: [] }, { say, signal });
  }
  const folder = path.join(root, 'out/windows');
  const wine = await openWine({
    folder: path.join(folder, 'prefix'),
    cache: cacheFolder(process.env),
    signal,
  });
  const project = path.join(wine.driveC, PROJECT);
  await layOut(project);
  say('Bundling the tests');
  const names = await bundleTests(path.join(project, BUNDLES), process.argv.slice(2));

  const queue = [...names];
  /** @type {import('./test-counts.mjs').Counts[]} */
  const found = [];
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      found.push(await runInWine({ wine, project, name, logs: path.join(folder, 'logs'), signal }));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const { passed, failed } = sum(found);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
