import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningApp } from '../support/installation.ts';

/** Where the pictures of a demonstration are. */
export const PICTURES = 'out/demo';

/** One step: the action, and what must then be visible on the screen and at the vendor. */
export type Step<Stage> = {
  readonly says: string;
  readonly play: (stage: Stage) => Promise<string>;
};

/** Plays the steps, and saves a picture of each window after each of them. */
export async function playSteps<Stage>(
  steps: readonly Step<Stage>[],
  stage: Stage,
  windows: (stage: Stage) => Readonly<Record<string, RunningApp>>,
): Promise<void> {
  await rm(PICTURES, { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
  for (const [index, step] of steps.entries()) {
    const number = String(index + 1).padStart(2, '0');
    const seen = await step.play(stage).catch((error: unknown) => {
      say(`${number} ${step.says}: this did not happen.`);
      throw error;
    });
    for (const [name, { page }] of Object.entries(windows(stage))) {
      const file = [number, slug(step.says), name].filter(Boolean).join('-');
      await page.screenshot({ path: join(PICTURES, `${file}.png`) });
    }
    say(`${number} ${step.says}: ${seen}.`);
  }
}

/** The text of a part of the screen, on one line, without the last full stop. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
}

/** Prints a line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-|-$/g, '');
}
