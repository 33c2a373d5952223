// npm run build: sets up the project and rebuilds the application.
import { runProgram } from './run-program.mjs';
import { rebuild, setUp } from './setup.mjs';

await runProgram(async (signal) => {
  await setUp('open', signal);
  await rebuild(signal);
  return 0;
});
