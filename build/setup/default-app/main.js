// What `electron <folder>` runs in the substitute Electron: the part of Electron's own default app that opens a folder.
import { app } from 'electron/main';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {{ setAppPath: (folder: string) => void, setVersion: (version: string) => void }} Undocumented */
const defaultApp = /** @type {import('electron/main').App & Undocumented} */ (app);

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
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
  await import(pathToFileURL(path.join(root, manifest.main)).href);
}
