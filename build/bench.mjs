// npm run bench: sets up, builds, and measures with test/bench/run.ts, on a virtual screen where there is no other.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/bench/run.ts');
