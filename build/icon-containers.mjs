// The two icon files of Windows and macOS, made of PNG pictures.

/** @typedef {{ readonly size: number, readonly png: Uint8Array }} Picture a square, its side in pixels */

const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;
const ICO_LARGEST = 256;

/**
 * A Windows icon (https://learn.microsoft.com/windows/win32/menurc/resources, GRPICONDIR; PNG inside since Vista).
 *
 * @param {readonly Picture[]} pictures none larger than 256 pixels
 * @returns {Buffer}
 */
export const packIco = (pictures) => {
  const directory = Buffer.alloc(ICO_HEADER_BYTES + ICO_ENTRY_BYTES * pictures.length);
  directory.writeUInt16LE(1, 2); // an icon, not a cursor
  directory.writeUInt16LE(pictures.length, 4);
  let position = directory.length;
  for (const [index, { size, png }] of pictures.entries()) {
    if (size > ICO_LARGEST) throw new RangeError(`An .ico cannot hold ${size} pixels`);
    const entry = ICO_HEADER_BYTES + ICO_ENTRY_BYTES * index;
    directory.writeUInt8(size % ICO_LARGEST, entry); // 0 stands for 256
    directory.writeUInt8(size % ICO_LARGEST, entry + 1);
    directory.writeUInt16LE(1, entry + 4); // colour planes
    directory.writeUInt16LE(32, entry + 6); // bits per pixel
    directory.writeUInt32LE(png.length, entry + 8);
    directory.writeUInt32LE(position, entry + 12);
    position += png.length;
  }
  return Buffer.concat([directory, ...pictures.map(({ png }) => png)]);
};

const ICNS_HEADER_BYTES = 8;

/** The types of PNG pictures by size (https://en.wikipedia.org/wiki/Apple_Icon_Image_format#Icon_types). */
const ICNS_TYPES = new Map([
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['icp6', 'ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
]);

/**
 * @param {string} type
 * @param {Uint8Array} content
 */
const icnsBlock = (type, content) => {
  const header = Buffer.alloc(ICNS_HEADER_BYTES);
  header.write(type, 'latin1');
  header.writeUInt32BE(ICNS_HEADER_BYTES + content.length, 4);
  return Buffer.concat([header, content]);
};

/**
 * A macOS icon. Sizes that macOS uses twice, for plain and for dense screens, are put in twice.
 *
 * @param {readonly Picture[]} pictures
 * @returns {Buffer}
 */
export const packIcns = (pictures) => {
  const blocks = pictures.flatMap(({ size, png }) => {
    const types = ICNS_TYPES.get(size);
    if (types === undefined) throw new RangeError(`An .icns cannot hold ${size} pixels`);
    return types.map((type) => icnsBlock(type, png));
  });
  return icnsBlock('icns', Buffer.concat(blocks));
};
