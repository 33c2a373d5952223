// npm run demo: sets up, builds, and plays test/demo/visit.ts, on a screen of its own where there is none.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/demo/visit.ts');
