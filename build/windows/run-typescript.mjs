// Replaces build/run-typescript.mjs on drive C: runs the program that was bundled beforehand.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

process.argv.splice(1, 1); // the file sees its own arguments
const name = path.basename(process.argv[1] ?? '').replace(/\.ts$/, '.js');
const bundles = process.env['DESKBELL_TEST_BUNDLES'] ?? '';
await import(pathToFileURL(path.join(bundles, 'programs', name)).href);
