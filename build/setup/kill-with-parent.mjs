// Runs a command that must not outlive the calling script, however that ends: it kills the command and its child
// processes as soon as standard input closes.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const [command = '', ...args] = process.argv.slice(2);
const isWindows = process.platform === 'win32';
// A separate process group can be killed as a whole; on Windows `detached` would open a separate window.
const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: !isWindows,
});

child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 127;
  process.stdin.destroy();
});
child.on('exit', (code, signal) => {
  if (signal !== null) console.error(`(ended by ${signal})`);
  process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  process.stdin.destroy();
});
process.stdin.resume().on('end', () => {
  if (child.pid !== undefined && !isWindows) process.kill(-child.pid, 'SIGKILL');
  else child.kill();
});
