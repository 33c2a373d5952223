// Makes the icon files of every platform from the drawings in build/icons.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packIcns, packIco } from './icon-containers.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 256];
const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024];
const WINDOW_SIZE = 512;

/** For screens of any density: Electron picks by these endings (https://www.electronjs.org/docs/latest/api/native-image). */
const DENSITIES = [
  { ending: '', size: 16 },
  { ending: '@1.25x', size: 20 },
  { ending: '@1.5x', size: 24 },
  { ending: '@2x', size: 32 },
  { ending: '@3x', size: 48 },
];

/** Linux has no densities for a tray; it scales a large picture down. */
const ONE_LARGE = [{ ending: '-large', size: 48 }];

/** The icons of the tray and the taskbar. macOS uses only the shape of a template and colours it itself. */
const TRAY = [
  { name: 'tray', drawing: 'deskbell-small.svg', files: [...DENSITIES, ...ONE_LARGE] },
  { name: 'tray-waiting', drawing: 'deskbell-waiting.svg', files: [...DENSITIES, ...ONE_LARGE] },
  { name: 'trayTemplate', drawing: 'tray-template.svg', files: DENSITIES },
  { name: 'tray-waitingTemplate', drawing: 'tray-waiting-template.svg', files: DENSITIES },
  { name: 'badge', drawing: 'badge.svg', files: DENSITIES },
];

/** Up to this size a drawing with fewer details is clearer. */
const SMALL_SIZE = 32;

/**
 * Draws the icon: `16x16.png` to `1024x1024.png`, `icon.ico` and `icon.icns` in `folder`, and `windowIcon` in 512 pixels.
 *
 * @param {{ readonly drawings: string, readonly folder: string, readonly windowIcon: string }} places
 *   `drawings` holds deskbell.svg and deskbell-small.svg
 * @returns {Promise<void>}
 */
export const makeIcons = async ({ drawings, folder, windowIcon }) => {
  const { Resvg } = await import('@resvg/resvg-js');
  const large = await readFile(path.join(drawings, 'deskbell.svg'));
  const small = await readFile(path.join(drawings, 'deskbell-small.svg'));
  const pictures = SIZES.map((size) => {
    const drawing = size <= SMALL_SIZE ? small : large;
    const picture = new Resvg(drawing, { fitTo: { mode: 'width', value: size } });
    return { size, png: picture.render().asPng() };
  });
  /** @param {readonly number[]} sizes */
  const only = (sizes) => pictures.filter(({ size }) => sizes.includes(size));

  await mkdir(folder, { recursive: true });
  for (const { size, png } of pictures) {
    await writeFile(path.join(folder, `${size}x${size}.png`), png);
    if (size === WINDOW_SIZE) await writeFile(windowIcon, png);
  }
  await writeFile(path.join(folder, 'icon.ico'), packIco(only(ICO_SIZES)));
  await writeFile(path.join(folder, 'icon.icns'), packIcns(only(ICNS_SIZES)));
};

/**
 * Draws the icons of the tray and the taskbar.
 *
 * @param {{ readonly drawings: string, readonly folder: string }} places
 * @returns {Promise<void>}
 */
export const makeTrayPictures = async ({ drawings, folder }) => {
  const { Resvg } = await import('@resvg/resvg-js');
  await mkdir(folder, { recursive: true });
  for (const { name, drawing, files } of TRAY) {
    const svg = await readFile(path.join(drawings, drawing));
    for (const { ending, size } of files) {
      const picture = new Resvg(svg, { fitTo: { mode: 'width', value: size } });
      await writeFile(path.join(folder, `${name}${ending}.png`), picture.render().asPng());
    }
  }
};
