// Loaded into the application before its own code (electron -r), as Playwright does where it chooses the Electron
// itself: the application starts when Playwright has attached to it. Playwright sometimes misses a window that opens
// earlier, and then waits for ever (https://github.com/microsoft/playwright/issues/21117).
// oxlint-disable-next-line import/no-commonjs, typescript/no-require-imports -- what is loaded before an application cannot be a module
const { app } = require('electron');

const ready = app.whenReady();
const attached = new Promise((resolve) => {
  // Playwright calls this when it has attached.
  Object.assign(globalThis, { __playwright_run: resolve });
});
app.whenReady = () => attached.then(() => ready);
