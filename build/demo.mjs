// npm run demo: sets up, builds, and runs test/demo/visit.ts, or with --site test/demo/site.ts, on a virtual screen where there is
// no other.
import { playInDesktop } from './run-in-desktop.mjs';

const isSite = process.argv.includes('--site');
await playInDesktop(isSite ? 'test/demo/site.ts' : 'test/demo/visit.ts');
