import { expect, test } from 'vitest';
import { drawQr } from '../../../renderer/print/qr-code.ts';

const LINK = 'https://g.page/r/CexampleHotel/review';

test('a code has its quiet zone and its three corners', () => {
  const { side, path } = drawQr(LINK);
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`));
  const quiet = 4;
  const end = side - quiet - 7;
  for (const [left, top] of [
    [quiet, quiet],
    [end, quiet],
    [quiet, end],
  ] as const) {
    for (let at = 0; at < 7; at += 1) {
      expect(dark).toContain(`${left + at},${top}`);
      expect(dark).toContain(`${left},${top + at}`);
    }
    expect(dark).not.toContain(`${left + 1},${top + 1}`);
  }
  for (const place of dark) {
    const [x = 0, y = 0] = place.split(',').map(Number);
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(quiet);
    expect(Math.max(x, y)).toBeLessThan(side - quiet);
  }
});

test('another link gives another code', () => {
  expect(drawQr(`${LINK}2`).path).not.toBe(drawQr(LINK).path);
});
