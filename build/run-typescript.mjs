// Runs a TypeScript file as a program, which Node can do by itself only since version 22.18.
import { runnerImport } from 'vite';

process.argv.splice(1, 1); // the file sees its own arguments
const [, file] = process.argv;
if (file === undefined) throw new Error('Name the file to run.');
await runnerImport(file, { configFile: false, logLevel: 'warn' });
