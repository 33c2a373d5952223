// npm run bench: sets up, builds, and measures with test/bench/run.ts, on a screen of its own where there is none.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/bench/run.ts');
