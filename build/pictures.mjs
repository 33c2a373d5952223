// npm run pictures: renders every screen in each theme and language to out/pictures/, in the real window.
import { playInDesktop } from './run-in-desktop.mjs';

await playInDesktop('test/pictures/render.ts');
