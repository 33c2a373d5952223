// npm run hurried: sets up, builds, and plays test/hurried/run.ts, on a screen of its own where there is none.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/hurried/run.ts');
