import path from 'node:path';
import { hasDisplay, withDesktopSession } from './desktop-session.mjs';
import { runInForeground, runProgram } from './run-program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';
import { root } from './setup/paths.mjs';

/**
 * Sets up, builds and runs a TypeScript program with the arguments of this process, on a screen and with a keychain of
 * its own where there is none.
 * @param {string} file from the project's folder
 */
export const playInDesktop = (file) =>
  runProgram(async (signal) => {
    const alone = !hasDisplay(process.env);
    await setUp(alone ? 'check' : 'open', signal);
    await ensureBuilt(signal);
    const player = path.join(root, 'build/run-typescript.mjs');
    const args = [player, path.join(root, file), ...process.argv.slice(2)];
    return withDesktopSession(alone ? ['screen', 'keyring'] : [], (env) =>
      runInForeground(process.execPath, args, { env, signal }),
    );
  });
