import { readFileSync, writeFileSync } from 'node:fs';

/** In Electron's units: pixels scaled by the system setting. */
export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The window's last position and size on this PC. */
export type WindowState = {
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
  readonly zoom: number;
};

/** A smaller window would hide the button. At 200 % zoom this still shows as much as a phone. */
export const LEAST_SIZE = { width: 480, height: 480 } as const;
const USUAL_SIZE = { width: 1120, height: 780 } as const;

/**
 * Returns where the window opens: at its last position, as far as that is on a current screen, whole and not larger
 * than the screen. If its screen is gone, on the first one. `workAreas` are the screens without their task bars, the
 * main one first.
 */
export function fitOnScreen(
  left: Rectangle | undefined,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  const [main] = workAreas;
  if (left === undefined) return centred(USUAL_SIZE, main);
  const best = workAreas.reduce((found, next) =>
    overlap(next, left) > overlap(found, left) ? next : found,
  );
  if (overlap(best, left) === 0) return centred(left, main);
  const width = Math.min(Math.max(left.width, LEAST_SIZE.width), best.width);
  const height = Math.min(Math.max(left.height, LEAST_SIZE.height), best.height);
  return {
    x: Math.min(Math.max(left.x, best.x), best.x + best.width - width),
    y: Math.min(Math.max(left.y, best.y), best.y + best.height - height),
    width,
    height,
  };
}

/** How much of the title bar must be on a screen so that the user can drag the window. */
const GRIP = { width: 160, height: 32 } as const;

/**
 * Returns where an open window must move to be reachable; undefined when enough of its title bar is on a screen.
 * `workAreas` as in `fitOnScreen`.
 */
export function backOnScreen(
  bounds: Rectangle,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle | undefined {
  const titleBar = { ...bounds, height: GRIP.height };
  const isWithinReach = workAreas.some((area) => {
    const { width, height } = overlapOf(area, titleBar);
    return width >= Math.min(GRIP.width, bounds.width) && height >= GRIP.height;
  });
  return isWithinReach ? undefined : fitOnScreen(bounds, workAreas);
}

/** Loads the last window state; undefined when the file is missing or invalid. */
export function loadWindowState(file: string): WindowState | undefined {
  try {
    const left: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isWindowPlace(left) ? left : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Validates without a library, so that the window does not wait for one
 * (docs/decisions/0021-the-field-comes-first.md).
 */
function isWindowPlace(left: unknown): left is WindowState {
  if (!isRecord(left) || !isRecord(left['bounds'])) return false;
  const { x, y, width, height } = left['bounds'];
  return (
    [x, y].every((place) => isWithin(place, -FARTHEST, FARTHEST)) &&
    [width, height].every((length) => isWithin(length, 1, FARTHEST)) &&
    typeof left['isMaximized'] === 'boolean' &&
    isWithin(left['zoom'], 0.25, 5)
  );
}

const FARTHEST = 100_000;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

/** Saves the window state. Ignores a write error: the position is not that important. */
export function saveWindowState(file: string, left: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(left), { mode: 0o600 });
  } catch {
    // Without the file, the window opens at its default position.
  }
}

function centred(
  size: { readonly width: number; readonly height: number },
  area: Rectangle,
): Rectangle {
  const width = Math.min(Math.max(size.width, LEAST_SIZE.width), area.width);
  const height = Math.min(Math.max(size.height, LEAST_SIZE.height), area.height);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  };
}

function overlap(one: Rectangle, other: Rectangle): number {
  const { width, height } = overlapOf(one, other);
  return width * height;
}

function overlapOf(
  one: Rectangle,
  other: Rectangle,
): { readonly width: number; readonly height: number } {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return { width: Math.max(width, 0), height: Math.max(height, 0) };
}
