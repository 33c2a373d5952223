// npm run chaos: sets up, builds, and runs test/chaos/run.ts, on a virtual screen where there is no other.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/chaos/run.ts');
