// npm run demo: sets up, builds, and runs test/demo/visit.ts, on a virtual screen where there is no other.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/demo/visit.ts');
