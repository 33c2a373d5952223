// npm run chaos: sets up, builds, and plays test/chaos/run.ts, on a screen of its own where there is none.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/chaos/run.ts');
