// Installs the Debian packages that the checks need. Use it where the other scripts do not run as root:
//   sudo "$(command -v node)" build/install-libraries.mjs
import { runProgram } from './run-program.mjs';
import { ensureLibraries } from './setup/libraries.mjs';

await runProgram(async (signal) => {
  /** @param {string} line */
  const say = (line) => console.error(`• ${line}`);
  await ensureLibraries(
    { required: ['window', 'screen', 'keyring', 'tracer', 'authorities'], wanted: [] },
    { say, signal },
  );
  return 0;
});
