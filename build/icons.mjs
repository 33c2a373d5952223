// The icon's files for every platform, from the drawings in build/icons.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packIcns, packIco } from './icon-containers.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 256];
const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024];
const WINDOW_SIZE = 512;

/** What stands in the tray and on the taskbar, beside the window's icon. */
const TRAY = [
  { name: 'tray.png', drawing: 'deskbell-small.svg' },
  { name: 'tray-waiting.png', drawing: 'deskbell-waiting.svg' },
  { name: 'badge.png', drawing: 'badge.svg' },
];

/** Up to this size a drawing with fewer details is clearer. */
const SMALL_SIZE = 32;

/**
 * Draws the icon: `16x16.png` to `1024x1024.png`, `icon.ico` and `icon.icns` in `folder`, and `windowIcon` in 512 pixels
 * with the pictures of the tray beside it.
 *
 * @param {{ readonly drawings: string, readonly folder: string, readonly windowIcon: string }} places
 *   `drawings` holds deskbell.svg, deskbell-small.svg, deskbell-waiting.svg and badge.svg
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
  for (const { name, drawing } of TRAY) {
    const picture = new Resvg(await readFile(path.join(drawings, drawing)), {
      fitTo: { mode: 'width', value: SMALL_SIZE },
    });
    await writeFile(path.join(path.dirname(windowIcon), name), picture.render().asPng());
  }
  await writeFile(path.join(folder, 'icon.ico'), packIco(only(ICO_SIZES)));
  await writeFile(path.join(folder, 'icon.icns'), packIcns(only(ICNS_SIZES)));
};
