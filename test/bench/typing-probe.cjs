// Loaded into an application before its own code (NODE_OPTIONS=--require): presses a key in its first page as soon as a
// text field has the focus there, and prints when that key is painted. Both compared applications use this same file.
/**
 * Waits until Electron's own modules are there. Before that the name leads to the package of this folder, which would
 * start another Electron and make both applications wait for it.
 * @param {(electron: typeof import('electron')) => void} then
 */
const whenElectronIsThere = (then) => {
  if (require.resolve('electron') === 'electron') {
    // oxlint-disable-next-line typescript/no-require-imports -- what is loaded before an application cannot be a module
    then(require('electron'));
  } else setImmediate(whenElectronIsThere, then);
};

const FOCUSED = `new Promise((resolve) => {
  const look = () =>
    document.activeElement instanceof HTMLInputElement ? resolve() : setTimeout(look, 1);
  look();
})`;
const PAINTED = `new Promise((resolve) => {
  const look = () =>
    document.activeElement?.value?.includes('7')
      ? requestAnimationFrame(() => setTimeout(resolve, 0))
      : setTimeout(look, 1);
  look();
})`;

/** @param {import('electron').WebContents} contents */
const typeInto = async (contents) => {
  // The frame's own event: that of the contents waits until everything has loaded, which a typing person does not.
  await contents.mainFrame.executeJavaScript(FOCUSED);
  contents.sendInputEvent({ type: 'keyDown', keyCode: '7' });
  contents.sendInputEvent({ type: 'char', keyCode: '7' });
  contents.sendInputEvent({ type: 'keyUp', keyCode: '7' });
  await contents.mainFrame.executeJavaScript(PAINTED);
  process.stdout.write(`typed ${Date.now()}\n`);
};

whenElectronIsThere(({ app }) => {
  app.once('web-contents-created', (_event, contents) => {
    contents.once('dom-ready', () => void typeInto(contents));
  });
});
