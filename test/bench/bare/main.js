// The minimal cost of an Electron window: one page with one input.
import path from 'node:path';
import { app, BrowserWindow } from 'electron/main';

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1120, height: 780 });
  return window.loadFile(path.join(import.meta.dirname, 'index.html'));
});
