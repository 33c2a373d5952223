import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';

/** In the units of the screen that people set in their system, as Electron counts. */
export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const place = z.int().check(z.gte(-100_000), z.lte(100_000));
const length = z.int().check(z.gte(1), z.lte(100_000));
const windowPlaceSchema = z.object({
  bounds: z.object({ x: place, y: place, width: length, height: length }),
  isMaximized: z.boolean(),
  zoom: z.number().check(z.gte(0.25), z.lte(5)),
});

/** How somebody left the window on this PC. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

/** A smaller window would hide the button. At 200 % zoom this is still what a phone shows. */
export const LEAST_SIZE = { width: 480, height: 480 } as const;
const USUAL_SIZE = { width: 1120, height: 780 } as const;

/**
 * Where the window opens: where it was left, as far as that is on a screen of today, whole and not larger than the
 * screen. A window whose screen is gone comes to the first one. `workAreas` are the screens without their task bars,
 * the main one first.
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

/** How the window was left; undefined when nobody knows, or when the file is no such thing. */
export function readPlace(file: string): WindowPlace | undefined {
  try {
    const parsed = windowPlaceSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers how the window is left. A disk that takes nothing any more costs no more than that. */
export function writePlace(file: string, left: WindowPlace): void {
  try {
    writeFileSync(file, JSON.stringify(left), { mode: 0o600 });
  } catch {
    // The window opens in its usual place next time.
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
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return width > 0 && height > 0 ? width * height : 0;
}
