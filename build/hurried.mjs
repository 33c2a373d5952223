// npm run hurried: sets up, builds, and runs test/hurried/run.ts, on a virtual screen where there is no other.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/hurried/run.ts');
