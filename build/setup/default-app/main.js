// What `electron <folder>` runs in the substitute Electron: the part of Electron's own default app that opens a folder.
import { app } from 'electron/main';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {{ setAppPath: (folder: string) => void, setVersion: (version: string) => void }} Undocumented */
const defaultApp = /** @type {import('electron/main').App & Undocumented} */ (app);

const [, ...argv] = process.argv;
/** What Electron loads before an application: `-r <module>`. */
const required = argv.filter((_argument, index) => argv[index - 1] === '-r');
const folder = argv.find((argument) => !argument.startsWith('-') && !required.includes(argument));
if (folder === undefined) {
  console.error('Usage: electron <folder of the application> [switches]');
  app.exit(1);
} else {
  const root = path.resolve(folder);
  /** @type {{ productName: string, version: string, main: string }} */
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  defaultApp.setAppPath(root);
  defaultApp.setName(manifest.productName);
  defaultApp.setVersion(manifest.version);
  for (const file of [...required, path.join(root, manifest.main)])
    await import(pathToFileURL(file).href);
}
