import { listenToFirstKeys } from './first-keys.ts';

const firstKeys = listenToFirstKeys(document);
const { start } = await import('./start.tsx');
start(window, firstKeys.take);
