import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { answerBoxes } from '../support/system-dialogs.ts';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { anInstallation } from './open-installation.ts';

test('the window opens with its last place, size and zoom', async () => {
  const installation = await anInstallation();
  const first = await installation.open();
  const bounds = { x: 60, y: 40, width: 900, height: 640 };
  await first.runInMain(({ BrowserWindow }, left) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(left);
  }, bounds);
  await turnWheel(first, 'in');
  await turnWheel(first, 'in');
  await expect.poll(() => zoomOf(first)).toBeCloseTo(1.25);
  await first.quit();

  const next = await installation.open();
  await expect.poll(() => boundsOf(next)).toEqual(bounds);
  expect(await zoomOf(next)).toBeCloseTo(1.25);
});

test('a window whose screen is gone moves to the remaining one', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.quit();
  const bounds = { x: -5_000, y: -4_000, width: 900, height: 640 };
  await writeFile(
    join(installation.dataFolder, 'window.json'),
    JSON.stringify({ bounds, isMaximized: false, zoom: 1 }),
  );
  expect(await isOnScreen(await installation.open())).toBe(true);
});

test('[row 163] a hidden window on no screen comes back with the next start', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.runInMain(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds({ x: -5_000, y: -4_000, width: 900, height: 640 });
    window?.hide();
  });
  await expect.poll(() => isOnScreen(app)).toBe(false);
  expect((await installation.run({})).code).toBe(0);
  await expect.poll(() => isOnScreen(app)).toBe(true);
});

test('[row 163] a window whose screen is removed moves to the remaining one', async () => {
  const app = await (await anInstallation()).open();
  await app.runInMain(({ BrowserWindow, screen }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: -5_000, y: 0, width: 900, height: 640 });
    screen.emit('display-removed', {}, screen.getPrimaryDisplay());
  });
  await expect.poll(() => isOnScreen(app)).toBe(true);
});

test('a crashed page reloads; one that keeps crashing asks first (row 11)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const asked = await answerBoxes(app, [0]);
  for (const nth of [1, 2, 3]) {
    await crash(app);
    expect(await asked()).toHaveLength(nth === 3 ? 1 : 0);
  }
  expect(await asked()).toMatchObject([{ message: 'Deskbell’s window keeps crashing.' }]);
});

test.skipIf(process.platform === 'darwin')(
  'the page is painted without a graphics card, real or emulated',
  async () => {
    const app = await (await anInstallation()).open();
    const canBeDrawnByOne = await app.page.evaluate(
      () => document.createElement('canvas').getContext('webgl') !== null,
    );
    expect(canBeDrawnByOne).toBe(false);
  },
);

/** Ends the process of the page; resolves when the page has loaded again. */
async function crash({ runInMain }: RunningApp): Promise<void> {
  await runInMain(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    await new Promise<void>((resolve) => {
      contents?.once('did-finish-load', () => resolve());
      contents?.forcefullyCrashRenderer();
    });
  });
}

/** Turns the mouse wheel with Ctrl held. */
async function turnWheel({ runInMain }: RunningApp, direction: 'in' | 'out'): Promise<void> {
  await runInMain(({ BrowserWindow }, turned) => {
    BrowserWindow.getAllWindows()[0]?.webContents.emit('zoom-changed', {}, turned);
  }, direction);
}

function boundsOf({ runInMain }: RunningApp): Promise<unknown> {
  return runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
}

function isOnScreen({ runInMain }: RunningApp): Promise<boolean> {
  return runInMain(({ BrowserWindow, screen }) => {
    const window = BrowserWindow.getAllWindows()[0]?.getBounds();
    const { workArea } = screen.getPrimaryDisplay();
    return (
      window !== undefined &&
      window.x >= workArea.x &&
      window.y >= workArea.y &&
      window.x + window.width <= workArea.x + workArea.width &&
      window.y + window.height <= workArea.y + workArea.height
    );
  });
}

function zoomOf({ runInMain }: RunningApp): Promise<number | undefined> {
  return runInMain(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
  );
}
