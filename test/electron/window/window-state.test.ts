import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  backOnScreen,
  fitOnScreen,
  loadWindowState,
  saveWindowState,
} from '../../../electron/window/window-state.ts';

const MAIN = { x: 0, y: 0, width: 1920, height: 1040 };
const LEFT = { x: -1280, y: 200, width: 1280, height: 984 };
const SMALL = { x: 0, y: 25, width: 1024, height: 700 };

describe('the window opens', () => {
  test.each([
    ['in the middle at first', undefined, [MAIN], { x: 400, y: 130, width: 1120, height: 780 }],
    ['no larger than a small screen', undefined, [SMALL], SMALL],
    [
      'where it was left',
      { x: 100, y: 50, width: 900, height: 700 },
      [MAIN, LEFT],
      { x: 100, y: 50, width: 900, height: 700 },
    ],
    [
      'on the second screen, where it was left',
      { x: -1200, y: 300, width: 900, height: 700 },
      [MAIN, LEFT],
      { x: -1200, y: 300, width: 900, height: 700 },
    ],
    [
      'on the main screen when the second one is gone',
      { x: -1200, y: 300, width: 900, height: 700 },
      [MAIN],
      { x: 510, y: 170, width: 900, height: 700 },
    ],
    [
      'whole, when it was left half outside',
      { x: 1500, y: 900, width: 900, height: 700 },
      [MAIN],
      { x: 1020, y: 340, width: 900, height: 700 },
    ],
    [
      'with its title bar below that of macOS',
      { x: 10, y: 0, width: 800, height: 600 },
      [SMALL],
      { x: 10, y: 25, width: 800, height: 600 },
    ],
    [
      'on the screen that shows most of it',
      { x: -700, y: 300, width: 900, height: 700 },
      [MAIN, LEFT],
      { x: -900, y: 300, width: 900, height: 700 },
    ],
    [
      'smaller, when the screen became smaller',
      { x: 0, y: 0, width: 3000, height: 2000 },
      [MAIN],
      MAIN,
    ],
  ] as const)('%s', (_, left, areas, expected) => {
    expect(fitOnScreen(left, areas)).toEqual(expected);
  });

  test('fully on some screen, wherever it was', () => {
    const coordinate = fc.integer({ min: -20_000, max: 20_000 });
    const length = fc.integer({ min: 1, max: 10_000 });
    const rectangle = fc.record({ x: coordinate, y: coordinate, width: length, height: length });
    const screen = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 480, max: 8_000 }),
      height: fc.integer({ min: 480, max: 8_000 }),
    });
    fc.assert(
      fc.property(rectangle, screen, fc.array(screen, { maxLength: 3 }), (left, main, others) => {
        const areas = [main, ...others] as const;
        const opened = fitOnScreen(left, areas);
        return areas.some(
          (area) =>
            opened.x >= area.x &&
            opened.y >= area.y &&
            opened.x + opened.width <= area.x + area.width &&
            opened.y + opened.height <= area.y + area.height,
        );
      }),
    );
  });
});

describe('the window state file', () => {
  const aFile = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-place-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return join(folder, 'window.json');
  };
  const PLACE = { bounds: { x: 1, y: 2, width: 800, height: 600 }, isMaximized: true, zoom: 1.25 };

  test('keeps the state', () => {
    const file = aFile();
    expect(loadWindowState(file)).toBeUndefined();
    saveWindowState(file, PLACE);
    expect(loadWindowState(file)).toEqual(PLACE);
  });

  test.each([
    '',
    'null',
    '{"bounds":',
    '[]',
    JSON.stringify({ ...PLACE, zoom: 0 }),
    JSON.stringify({ ...PLACE, zoom: '1' }),
    JSON.stringify({ ...PLACE, bounds: { ...PLACE.bounds, width: -1 } }),
    JSON.stringify({ ...PLACE, bounds: { ...PLACE.bounds, x: 1e9 } }),
    JSON.stringify({ ...PLACE, bounds: null }),
  ])('is ignored when it contains %s', (text) => {
    const file = aFile();
    writeFileSync(file, text);
    expect(loadWindowState(file)).toBeUndefined();
  });

  test('that cannot be written is ignored', () => {
    const folder = join(aFile(), '..');
    expect(() => saveWindowState(join(folder, 'gone', 'window.json'), PLACE)).not.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('[row 163] a window that is shown again', () => {
  const size = { width: 900, height: 700 };

  test.each([
    ['where it can be reached', { x: 100, y: 50 }, [MAIN]],
    ['half outside, as a person placed it', { x: 1500, y: 900 }, [MAIN]],
    ['across two screens', { x: -400, y: 300 }, [MAIN, LEFT]],
    ['on the second screen', { x: -1200, y: 300 }, [MAIN, LEFT]],
  ] as const)('stays %s', (_, place, areas) => {
    expect(backOnScreen({ ...place, ...size }, areas)).toBeUndefined();
  });

  test.each([
    ['off every screen', { x: -5000, y: -4000 }, [MAIN, LEFT], { x: 510, y: 170 }],
    ['whose screen is gone', { x: -1200, y: 300 }, [MAIN], { x: 510, y: 170 }],
    ['of which only a strip is visible', { x: 1900, y: 300 }, [MAIN], { x: 1020, y: 300 }],
    ['whose title bar is above the screen', { x: 100, y: -680 }, [MAIN], { x: 100, y: 0 }],
    ['below the task bar', { x: 100, y: 1035 }, [MAIN], { x: 100, y: 340 }],
  ] as const)('moves back when it is %s', (_, place, areas, expected) => {
    expect(backOnScreen({ ...place, ...size }, areas)).toEqual({ ...expected, ...size });
  });

  test('stays where it was moved', () => {
    const length = fc.integer({ min: 480, max: 4_000 });
    const place = fc.integer({ min: -9_000, max: 9_000 });
    fc.assert(
      fc.property(place, place, length, length, (x, y, width, height) => {
        const areas = [MAIN, LEFT] as const;
        const bounds = { x, y, width, height };
        const brought = backOnScreen(bounds, areas) ?? bounds;
        expect(backOnScreen(brought, areas)).toBeUndefined();
      }),
    );
  });
});
