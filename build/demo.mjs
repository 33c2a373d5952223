// npm run demo: sets up, builds, and plays test/demo/visit.ts, on a screen of its own where there is none.
import path from 'node:path';
import { hasDisplay, withDesktopSession } from './desktop-session.mjs';
import { runInForeground, runProgram } from './program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';
import { root } from './setup/places.mjs';

const player = path.join(root, 'build/run-typescript.mjs');
const visit = path.join(root, 'test/demo/visit.ts');

await runProgram(async (signal) => {
  const alone = !hasDisplay(process.env);
  await setUp(alone ? 'check' : 'open', signal);
  await ensureBuilt(signal);
  return withDesktopSession(alone ? ['screen', 'keyring'] : [], (env) =>
    runInForeground(process.execPath, [player, visit, ...process.argv.slice(2)], { env, signal }),
  );
});
