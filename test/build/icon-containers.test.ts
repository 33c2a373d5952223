import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { packIcns, packIco } from '../../build/icon-containers.mjs';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>';

const draw = (size: number) => ({
  size,
  png: new Resvg(SVG, { fitTo: { mode: 'width', value: size } }).render().asPng(),
});

/** The width that a PNG states in its header. */
const widthOf = (png: Buffer) => png.readUInt32BE(16);

describe('packIco', () => {
  test('puts each picture where its entry points', () => {
    const ico = packIco([16, 48, 256].map(draw));
    expect([0, 2, 4].map((at) => ico.readUInt16LE(at))).toEqual([0, 1, 3]);

    const entries = [0, 1, 2].map((index) => ico.subarray(6 + 16 * index, 6 + 16 * (index + 1)));
    expect(entries.map((entry) => [entry[0], entry[1]])).toEqual([
      [16, 16],
      [48, 48],
      [0, 0], // 256
    ]);
    const pictures = entries.map((entry) => {
      const start = entry.readUInt32LE(12);
      return ico.subarray(start, start + entry.readUInt32LE(8));
    });
    expect(pictures.map(widthOf)).toEqual([16, 48, 256]);
    expect(pictures.map((picture) => picture.toString('latin1', 1, 4))).toEqual([
      'PNG',
      'PNG',
      'PNG',
    ]);
    expect(6 + 3 * 16 + pictures.reduce((sum, { length }) => sum + length, 0)).toBe(ico.length);
  });

  test('refuses sizes that its entries cannot state', () => {
    expect(() => packIco([draw(512)])).toThrow(RangeError);
  });
});

/** The type of each block, and the width of the picture inside. */
const readIcns = (icns: Buffer) => {
  const blocks: [string, number][] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    blocks.push([icns.toString('latin1', at, at + 4), widthOf(icns.subarray(at + 8))]);
  }
  return blocks;
};

describe('packIcns', () => {
  test('states its own length and holds one picture per type', () => {
    const icns = packIcns([16, 32, 1024].map(draw));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    expect(readIcns(icns)).toEqual([
      ['icp4', 16],
      ['icp5', 32],
      ['ic11', 32],
      ['ic10', 1024],
    ]);
  });

  test('refuses a size without a type', () => {
    expect(() => packIcns([draw(48)])).toThrow(RangeError);
  });
});
