// npm start: sets up, builds, and opens Deskbell. Arguments after `--` go to the application.
import { hasDisplay, withDesktopSession } from './desktop-session.mjs';
import { launchCommand } from './launch.mjs';
import { runInForeground, runProgram } from './run-program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';

await runProgram(async (signal) => {
  await setUp('open', signal);
  await ensureBuilt(signal);
  const { executable, args } = launchCommand();
  return withDesktopSession(hasDisplay(process.env) ? [] : ['screen'], (env) =>
    runInForeground(executable, [...args, ...process.argv.slice(2)], { env, signal }),
  );
});
