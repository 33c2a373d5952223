// npm run --silent app:command: sets up, builds, and prints how to start the application, as one line of JSON.
import { launchCommand } from './launch.mjs';
import { runProgram } from './run-program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';

await runProgram(async (signal) => {
  await setUp('open', signal);
  await ensureBuilt(signal);
  console.log(JSON.stringify(launchCommand()));
  return 0;
});
