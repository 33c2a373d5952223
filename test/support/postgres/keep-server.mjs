// Runs a server that ends with the test that started it, also when that is killed: when standard input closes, the
// server is shut down, and its folder is removed if the next argument says so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { rm } from 'node:fs/promises';

const SHUTDOWN_MS = 5_000;

const [folder = '', log = '', command = '', ...args] = process.argv.slice(2);
const output = openSync(log, 'a');
const server = spawn(command, args, { cwd: folder, stdio: ['ignore', output, output] });
const ended = once(server, 'exit');

// A signal to the whole group, like Ctrl+C, reaches the server too; this process stays to remove the folder.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

let order = '';
process.stdin.on('data', (text) => {
  order += String(text);
});
server.on('exit', () => {
  if (!process.stdin.readableEnded) process.exit(1); // it did not start
});

await once(process.stdin, 'end');
// An immediate shutdown leaves the data as a crash does, and no shared memory behind. A test may ask for a clean one.
server.kill(order === 'clean' ? 'SIGINT' : 'SIGQUIT');
const late = setTimeout(() => server.kill('SIGKILL'), SHUTDOWN_MS);
await ended;
clearTimeout(late);
if (order === '') await rm(folder, { recursive: true, force: true, maxRetries: 5 });
